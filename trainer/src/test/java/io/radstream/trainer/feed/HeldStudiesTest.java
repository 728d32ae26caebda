package io.radstream.trainer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.trainer.tuples.TupleRef;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HeldStudiesTest {

  private static final List<TupleRef> FIRST = group(0);
  private static final List<TupleRef> SECOND = group(10);
  private static final List<TupleRef> THIRD = group(20);
  private static final List<TupleRef> FOURTH = group(30);

  private final HeldStudies studies = new HeldStudies(0);

  @Test
  void shouldHoldTwoGroupsUntilTheyAreUsed() {
    read(FIRST);
    read(SECOND);
    assertThat(studies.enter(FIRST)).isEmpty();

    read(THIRD);

    assertThat(studies.enter(SECOND)).isEmpty();
    assertThat(studies.enter(THIRD)).isEmpty();
    assertThat(studies.enter(FIRST)).hasSize(10);
  }

  @Test
  void shouldNotCountAGroupThatWasWithdrawn() {
    read(FIRST);
    assertThat(studies.withdraw(studies.enter(SECOND))).isTrue();
    read(THIRD);

    assertThat(studies.enter(FIRST)).isEmpty();
  }

  @Test
  void shouldHoldAGroupThatEnteredAgain() {
    assertThat(studies.withdraw(studies.enter(FIRST))).isTrue();
    assertThat(read(FIRST)).hasSize(10);

    studies.enter(SECOND);

    assertThat(studies.enter(FIRST)).isEmpty();
  }

  @Test
  void shouldNotWithdrawWhatSomebodyWaitsFor() {
    List<HeldStudy> group = studies.enter(FIRST);
    HeldStudy expected = studies.expect(FIRST.get(3), FIRST, missing -> {});

    assertThat(studies.withdraw(group)).isFalse();
    assertThat(group).contains(expected);
    assertThat(studies.enter(FIRST)).isEmpty();
  }

  @Test
  void shouldLetGoWhatWasUsed() {
    List<HeldStudy> group = read(FIRST);
    studies.expect(FIRST.get(0), FIRST, missing -> {});
    assertThat(studies.enter(FIRST)).isEmpty();

    studies.used(group.get(0));

    assertThat(studies.enter(FIRST)).extracting(HeldStudy::ref).containsExactly(FIRST.get(0));
  }

  @Test
  void shouldHoldWhatIsExpectedHoweverManyGroupsFollow() {
    read(FIRST);
    studies.expect(FIRST.get(0), FIRST, missing -> {});
    read(SECOND);
    read(THIRD);
    read(FOURTH);

    assertThat(studies.enter(FIRST.subList(0, 1))).isEmpty();
  }

  private List<HeldStudy> read(List<TupleRef> group) {
    List<HeldStudy> entered = studies.enter(group);
    entered.forEach(study -> studies.arrived(study, 1));
    return entered;
  }

  private static List<TupleRef> group(long begin) {
    return LongStream.range(begin, begin + 10).mapToObj(at -> new TupleRef(0, at)).toList();
  }
}
