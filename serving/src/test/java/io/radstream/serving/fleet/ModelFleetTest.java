package io.radstream.serving.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelFleetTest {

  private static final Verdict PROMOTE = new Verdict.Promote("test");
  private static final int READERS = 4;
  private static final int MODELS = 300;
  private static final int CASTS = 3_000;

  private final JudgedFleet fleet = new JudgedFleet(true);
  private final Map<String, FakeNetwork> networks = new ConcurrentHashMap<>();

  private ScoringModel model(String id) {
    FakeNetwork network = new FakeNetwork();
    networks.put(id, network);
    return FakeNetwork.model(id, network);
  }

  private int closed(String id) {
    return networks.get(id).closed();
  }

  private String in(Role role) {
    ModelIdentity identity = fleet.roles().get(role);
    return identity == null ? "nobody" : identity.checkpointId();
  }

  @Test
  void shouldCloseEachModelOnceAndNoneThatIsInUse() throws Exception {
    JudgedFleet freeing = new JudgedFleet(false);
    freeing.carryOut(model("0"), PROMOTE);
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    List<Future<Integer>> reading = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      reading.add(readers.submit(() -> use(freeing)));
    }

    for (int number = 1; number < MODELS; number++) {
      freeing.carryOut(model(Integer.toString(number)), PROMOTE);
    }
    for (Future<Integer> reader : reading) {
      assertThat(reader.get()).isEqualTo(CASTS);
    }
    freeing.close();
    readers.shutdown();

    assertThat(networks.values()).allSatisfy(n -> assertThat(n.closed()).isEqualTo(1));
    assertThat(freeing.cast()).isEmpty();
    assertThat(freeing.hotLoads()).isEqualTo(MODELS);
  }

  @Test
  void shouldLeaveTheClosingToWhoeverItIsGivenTo() {
    List<Runnable> left = new ArrayList<>();
    ModelFleet leaving = new ModelFleet(left::add);
    leaving.arrange(Map.of(Role.LIVE, model("old")), 0);
    Models.Cast cast = leaving.cast().orElseThrow();
    leaving.arrange(Map.of(Role.LIVE, model("new")), 0);

    cast.close();

    assertThat(closed("old")).isZero();
    left.forEach(Runnable::run);
    assertThat(closed("old")).isEqualTo(1);
    assertThat(left).hasSize(1);
  }

  @Test
  void shouldKeepEveryModelOfACastOpenWhileRolesChange() throws Exception {
    fleet.carryOut(model("0"), PROMOTE);
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    List<Future<Integer>> reading = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      reading.add(readers.submit(() -> use(fleet)));
    }

    for (int number = 1; number < MODELS; number++) {
      fleet.carryOut(model(Integer.toString(number)), verdict(number));
    }
    for (Future<Integer> reader : reading) {
      assertThat(reader.get()).isEqualTo(CASTS);
    }
    fleet.close();
    readers.shutdown();

    assertThat(networks.values()).allSatisfy(n -> assertThat(n.closed()).isEqualTo(1));
  }

  private static Verdict verdict(int number) {
    List<Verdict> verdicts =
        List.of(
            new Verdict.Canary(0.5, "test"),
            new Verdict.Shadow("test"),
            PROMOTE,
            new Verdict.Hold("test"),
            new Verdict.Refuse("test"),
            new Verdict.RollBack("test"));
    return verdicts.get(number % verdicts.size());
  }

  /** Looks after every model that it holds. */
  private int use(JudgedFleet from) {
    int used = 0;
    for (int i = 0; i < CASTS; i++) {
      String key = Integer.toString(i);
      try (Models.Cast cast = from.cast().orElseThrow()) {
        String answering = cast.answering(Set.of(), () -> key).identity().checkpointId();
        assertThat(closed(answering)).isZero();
        cast.shadow()
            .ifPresent(
                shadow -> {
                  assertThat(closed(shadow.model().identity().checkpointId())).isZero();
                  shadow.close();
                });
        used++;
      }
    }
    return used;
  }

  @Test
  void shouldKeepAModelOpenForWhoeverBeganWithIt() {
    JudgedFleet freeing = new JudgedFleet(false);
    freeing.carryOut(model("first"), PROMOTE);
    Models.Cast cast = freeing.cast().orElseThrow();

    freeing.carryOut(model("second"), PROMOTE);

    assertThat(closed("first")).isZero();
    cast.close();
    cast.close();
    assertThat(closed("first")).isEqualTo(1);
    assertThat(closed("second")).isZero();
  }

  @Test
  void shouldRollBackToTheModelBeforeByOneSwap() {
    fleet.carryOut(model("good"), PROMOTE);
    fleet.carryOut(model("bad"), PROMOTE);
    String previous = in(Role.PREVIOUS);

    fleet.carryOut("bad", new Verdict.RollBack("worse than before"));

    assertThat(previous).isEqualTo("good");
    assertThat(in(Role.LIVE)).isEqualTo("good");
    assertThat(in(Role.PREVIOUS)).isEqualTo("nobody");
    assertThat(closed("good")).isZero();
    assertThat(closed("bad")).isEqualTo(1);
    assertThat(fleet.hotLoads()).isEqualTo(3);
  }

  @Test
  void shouldEndTrialsWhereAModelBecomesLive() {
    fleet.carryOut(model("live"), PROMOTE);
    fleet.carryOut(model("canary"), new Verdict.Canary(0.5, "test"));
    fleet.carryOut(model("shadow"), new Verdict.Shadow("test"));

    fleet.carryOut("canary", PROMOTE);

    assertThat(fleet.roles()).containsOnlyKeys(Role.LIVE, Role.PREVIOUS);
    assertThat(in(Role.LIVE)).isEqualTo("canary");
    assertThat(List.of(closed("live"), closed("canary"), closed("shadow")))
        .containsExactly(0, 0, 1);
  }

  @Test
  void shouldFreeWhomAnotherTakesTheRoleOf() {
    fleet.carryOut(model("live"), PROMOTE);
    fleet.carryOut(model("first"), new Verdict.Hold("test"));

    fleet.carryOut(model("second"), new Verdict.Hold("test"));

    assertThat(in(Role.CANDIDATE)).isEqualTo("second");
    assertThat(closed("first")).isEqualTo(1);
  }

  @Test
  void shouldGiveACanaryItsShareOfTheStudiesAndAlwaysTheSame() {
    fleet.carryOut(model("live"), PROMOTE);
    fleet.carryOut(model("canary"), new Verdict.Canary(0.2, "test"));
    List<String> studies = IntStream.range(0, 10_000).mapToObj(i -> "study-" + i).toList();
    List<String> once = studies.stream().filter(this::meetsTheCanary).toList();

    List<String> again = studies.stream().filter(this::meetsTheCanary).toList();
    fleet.carryOut("canary", new Verdict.Canary(0.4, "test"));
    List<String> more = studies.stream().filter(this::meetsTheCanary).toList();

    assertThat(once).hasSizeBetween(1_850, 2_150);
    assertThat(again).isEqualTo(once);
    assertThat(more).hasSizeBetween(3_800, 4_200).containsAll(once);
  }

  private boolean meetsTheCanary(String study) {
    try (Models.Cast cast = fleet.cast().orElseThrow()) {
      return cast.answering(Set.of(), () -> study).identity().checkpointId().equals("canary");
    }
  }
}
