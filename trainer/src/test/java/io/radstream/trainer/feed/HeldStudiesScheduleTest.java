package io.radstream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reading, asking, using and failing do in any order. A seed is an order. */
class HeldStudiesScheduleTest {

  private static final int STUDIES = 40;
  private static final int STEPS = 400;
  private static final int WEIGHT = 10;
  private static final int MOST = 15;

  private final HeldStudies held = new HeldStudies(MOST * WEIGHT);

  /** Entered, and neither arrived nor lost: the reader's. */
  private final List<HeldStudy> reading = new ArrayList<>();

  /** Asked for and not used yet, as often as asked. */
  private final List<HeldStudy> expected = new ArrayList<>();

  private CounterRandom random;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void shouldHoldWhatIsAskedForAndNoMoreThanItMay(long seed) {
    random = CounterRandom.of(seed, "schedule");
    for (int step = 0; step < STEPS; step++) {
      act(random.nextInt(6));
      assertThat(hereAll(expected)).isTrue();
    }
    reading.forEach(study -> held.arrived(study, WEIGHT));
    expected.forEach(held::used);
    // Two further groups, so that nothing is awaited any more.
    held.enter(List.of(new TupleRef(9, 1)));
    held.enter(List.of(new TupleRef(9, 2)));

    int missing = held.enter(refs(0, STUDIES)).size();

    assertThat(STUDIES - missing).isLessThanOrEqualTo(MOST);
  }

  private void act(int what) {
    switch (what) {
      case 0 -> reading.addAll(held.enter(group()));
      case 1, 2 -> ask();
      case 3 -> take(reading).ifPresent(study -> held.arrived(study, WEIGHT));
      case 4 -> take(expected).ifPresent(held::used);
      default -> loseOrWithdraw();
    }
  }

  private void ask() {
    List<TupleRef> group = group();
    TupleRef ref = group.get(random.nextInt(group.size()));
    expected.add(held.expect(ref, group, reading::addAll));
  }

  private void loseOrWithdraw() {
    List<HeldStudy> entered = held.enter(group());
    if (random.nextInt(2) == 0) {
      assertThat(held.withdraw(entered)).isTrue();
    } else {
      reading.addAll(entered);
      take(reading).ifPresent(this::loseOrArrive);
    }
  }

  /** Who waits for a study that is lost is told, and so waits no longer. */
  private void loseOrArrive(HeldStudy study) {
    if (expected.contains(study)) {
      held.arrived(study, WEIGHT);
    } else {
      held.forget(List.of(study));
    }
  }

  /** Asking again gives the same study for as long as somebody waits for it. */
  private boolean hereAll(List<HeldStudy> studies) {
    Set<HeldStudy> distinct = new HashSet<>(studies);
    Map<TupleRef, HeldStudy> here = new HashMap<>();
    for (HeldStudy study : distinct) {
      List<TupleRef> alone = List.of(study.ref());
      HeldStudy again = held.expect(study.ref(), alone, missing -> here.put(study.ref(), null));
      held.used(again);
      if (again != study) {
        return false;
      }
    }
    return here.isEmpty();
  }

  private Optional<HeldStudy> take(List<HeldStudy> from) {
    return from.isEmpty()
        ? Optional.empty()
        : Optional.of(from.remove(random.nextInt(from.size())));
  }

  private List<TupleRef> group() {
    int begin = random.nextInt(STUDIES - 5);
    return refs(begin, begin + 1 + random.nextInt(5));
  }

  private static List<TupleRef> refs(long begin, long end) {
    return LongStream.range(begin, end).mapToObj(at -> new TupleRef(0, at)).toList();
  }
}
