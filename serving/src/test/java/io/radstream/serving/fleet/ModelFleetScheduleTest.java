package io.radstream.serving.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.Models;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What verdicts, requests and shadows do in any order. A seed is an order. */
class ModelFleetScheduleTest {

  private static final int STEPS = 300;

  /** A request, with the models that it holds. */
  private record Request(Models.Cast cast, Set<String> models) {}

  private final Map<String, FakeNetwork> networks = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Models.Lease> shadows = new ArrayList<>();
  private CounterRandom random;
  private JudgedFleet fleet;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldHoldWhatHasARoleOrARequestAndNothingElse(long seed) {
    random = CounterRandom.of(seed, "schedule");
    fleet = new JudgedFleet(seed % 2 == 0);
    load(new Verdict.Promote("first"));
    for (int step = 0; step < STEPS; step++) {
      act(random.nextInt(6));
      assertThat(open()).isEqualTo(held());
    }
    requests.forEach(request -> request.cast().close());
    shadows.forEach(Models.Lease::close);

    fleet.close();

    assertThat(networks.values()).allSatisfy(n -> assertThat(n.closed()).isEqualTo(1));
  }

  private void act(int what) {
    switch (what) {
      case 0 -> load(verdict());
      case 1 -> judgeAgain();
      case 2, 3 -> begin();
      case 4 -> take(requests).ifPresent(request -> request.cast().close());
      default -> beginOrEndAShadow();
    }
  }

  private void load(Verdict verdict) {
    String id = Integer.toString(networks.size());
    FakeNetwork network = new FakeNetwork();
    networks.put(id, network);
    fleet.carryOut(FakeNetwork.model(id, network), verdict);
  }

  private void judgeAgain() {
    List<ModelIdentity> loaded =
        fleet.roles().entrySet().stream()
            .filter(member -> member.getKey() != Role.LIVE)
            .map(Map.Entry::getValue)
            .toList();
    if (!loaded.isEmpty()) {
      fleet.carryOut(loaded.get(random.nextInt(loaded.size())).checkpointId(), verdict());
    }
  }

  private Verdict verdict() {
    return switch (random.nextInt(6)) {
      case 0 -> new Verdict.Promote("test");
      case 1 -> new Verdict.Hold("test");
      case 2 -> new Verdict.Canary((1 + random.nextInt(10)) / 10.0, "test");
      case 3 -> new Verdict.Shadow("test");
      case 4 -> new Verdict.Refuse("test");
      default -> new Verdict.RollBack("test");
    };
  }

  private void begin() {
    Map<Role, ModelIdentity> roles = fleet.roles();
    Set<String> models = new HashSet<>();
    for (Role role : List.of(Role.LIVE, Role.CANARY, Role.SHADOW)) {
      Optional.ofNullable(roles.get(role)).ifPresent(member -> models.add(member.checkpointId()));
    }
    Models.Cast cast = fleet.cast().orElseThrow();
    String answering =
        cast.answering(Set.of(), () -> "study-" + random.nextInt(99)).identity().checkpointId();
    assertThat(answering)
        .isIn(
            roles.get(Role.LIVE).checkpointId(),
            Optional.ofNullable(roles.get(Role.CANARY))
                .map(ModelIdentity::checkpointId)
                .orElse(""));
    requests.add(new Request(cast, models));
  }

  /** A shadow's hold outlives the request that it came of. */
  private void beginOrEndAShadow() {
    if (requests.isEmpty() || random.nextInt(2) == 0) {
      take(shadows).ifPresent(Models.Lease::close);
    } else {
      requests.get(random.nextInt(requests.size())).cast().shadow().ifPresent(shadows::add);
    }
  }

  private Set<String> open() {
    Set<String> open = new HashSet<>(networks.keySet());
    open.removeIf(id -> networks.get(id).closed() > 0);
    return open;
  }

  private Set<String> held() {
    Set<String> held = new HashSet<>();
    fleet.roles().values().forEach(member -> held.add(member.checkpointId()));
    requests.forEach(request -> held.addAll(request.models()));
    shadows.forEach(shadow -> held.add(shadow.model().identity().checkpointId()));
    return held;
  }

  private <T> Optional<T> take(List<T> from) {
    return from.isEmpty()
        ? Optional.empty()
        : Optional.of(from.remove(random.nextInt(from.size())));
  }
}
