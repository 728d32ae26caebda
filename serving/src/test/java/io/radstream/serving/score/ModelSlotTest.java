package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.study.StudyViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelSlotTest {

  private static final int READERS = 4;
  private static final int MODELS = 300;
  private static final int LEASES = 3_000;

  private final ModelSlot slot = new ModelSlot();

  @Test
  void shouldCloseEachModelOnceAndNoneThatIsInUse() throws Exception {
    List<FakeNetwork> networks =
        IntStream.range(0, MODELS).mapToObj(number -> new FakeNetwork()).toList();
    slot.swap(FakeNetwork.model("0", networks.get(0)));
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    List<Future<Integer>> reading = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      reading.add(readers.submit(this::use));
    }

    for (int number = 1; number < MODELS; number++) {
      slot.swap(FakeNetwork.model(Integer.toString(number), networks.get(number)));
    }
    for (Future<Integer> reader : reading) {
      assertThat(reader.get()).isEqualTo(LEASES);
    }
    slot.close();
    readers.shutdown();

    assertThat(networks).allSatisfy(network -> assertThat(network.closed()).isEqualTo(1));
    assertThat(slot.lease()).isEmpty();
    assertThat(slot.hotLoads()).isEqualTo(MODELS);
  }

  @Test
  void shouldKeepAModelOpenForWhoeverLeasedIt() {
    FakeNetwork first = new FakeNetwork();
    slot.swap(FakeNetwork.model("first", first));
    Optional<ModelSlot.Lease> lease = slot.lease();

    slot.swap(FakeNetwork.model("second", new FakeNetwork()));

    assertThat(first.closed()).isZero();
    lease.orElseThrow().close();
    lease.orElseThrow().close();
    assertThat(first.closed()).isEqualTo(1);
  }

  /** A fake network refuses to be used once it is closed. */
  private int use() {
    int used = 0;
    for (int i = 0; i < LEASES; i++) {
      try (ModelSlot.Lease lease = slot.lease().orElseThrow()) {
        ScoringModel model = lease.model();
        model.score(List.of(model.prepare(views())));
        used++;
      }
    }
    return used;
  }

  private static StudyViews views() {
    return new StudyViews(Optional.empty(), List.of(TestImages.png(64, 100)));
  }
}
