package io.radstream.trainer.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.trainer.bisect.Peculiarity.Level;
import io.radstream.trainer.bisect.Peculiarity.Share;
import io.radstream.trainer.traits.StudyTraits;
import io.radstream.trainer.traits.Trait;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StudyComparisonTest {

  private static final double AS_EVER = 0;
  private static final double WORSE = 0.5;
  private static final double BETTER = -0.5;

  @Test
  void shouldNameNobodyWhereStudiesAreAsEver() {
    List<Peculiarity> found =
        compare(
            List.of(studies("north", "x", 40, AS_EVER), studies("south", "x", 20, AS_EVER)),
            List.of(studies("north", "x", 160, AS_EVER), studies("south", "x", 80, AS_EVER)));

    assertThat(found).isNotEmpty().allSatisfy(one -> assertThat(one.corrected()).isEqualTo(1));
    assertThat(Suspicion.of(found)).isEmpty();
  }

  @Test
  void shouldNameWhoseLossIsHigherAndNotWhoIsBesideIt() {
    List<Peculiarity> found =
        compare(
            List.of(
                studies("north", "x", 40, AS_EVER),
                studies("south", "x", 20, WORSE),
                studies("east", "x", 20, BETTER)),
            List.of(
                studies("north", "x", 160, AS_EVER),
                studies("south", "x", 80, AS_EVER),
                studies("east", "x", 80, AS_EVER)));

    assertThat(Suspicion.of(found)).contains(new Group(Trait.SITE, "south"));
  }

  @Test
  void shouldNameNobodyForWhatHospitalsDifferInAtAllTimes() {
    List<Peculiarity> found =
        compare(
            List.of(studies("north", "x", 40, AS_EVER), studies("south", "x", 40, WORSE)),
            List.of(studies("north", "x", 160, AS_EVER), studies("south", "x", 160, WORSE)));

    assertThat(found).isNotEmpty().allSatisfy(one -> assertThat(one.corrected()).isEqualTo(1));
  }

  @Test
  void shouldNameWhoIsNewAndWorseThanTheRest() {
    List<Peculiarity> found =
        compare(
            List.of(studies("north", "x", 40, AS_EVER), studies("west", "x", 40, WORSE)),
            List.of(studies("north", "x", 160, AS_EVER)));

    assertThat(Suspicion.of(found)).contains(new Group(Trait.SITE, "west"));
  }

  /** A network has learned from those before, and knows them better, whoever sent them. */
  @Test
  void shouldNameNobodyWhereTheLossOfAllIsHigher() {
    List<Peculiarity> found =
        compare(
            List.of(studies("north", "x", 40, WORSE), studies("south", "x", 20, WORSE)),
            List.of(studies("north", "x", 160, AS_EVER), studies("south", "x", 80, AS_EVER)));

    assertThat(found)
        .first()
        .isInstanceOfSatisfying(Level.class, level -> assertThat(level.group()).isEmpty());
    assertThat(found.get(0).corrected()).isLessThan(1e-6);
    assertThat(Suspicion.of(found)).isEmpty();
  }

  @Test
  void shouldNameWhoIsNewAndNotTheDay() {
    List<Peculiarity> found =
        compare(
            List.of(studies("north", "second", 40, AS_EVER), studies("west", "second", 8, AS_EVER)),
            List.of(studies("north", "first", 160, AS_EVER)));

    assertThat(found)
        .first()
        .isInstanceOfSatisfying(
            Share.class, share -> assertThat(share.group().trait()).isEqualTo(Trait.DAY));
    assertThat(Suspicion.of(found)).contains(new Group(Trait.SITE, "west"));
  }

  private static List<Peculiarity> compare(
      List<Stream<KnownStudy>> during, List<Stream<KnownStudy>> before) {
    return new StudyComparison(
            during.stream().flatMap(studies -> studies).toList(),
            before.stream().flatMap(studies -> studies).toList())
        .peculiarities();
  }

  /**
   * @param shift of their losses, which are drawn evenly from 0 to 1
   */
  private static Stream<KnownStudy> studies(String site, String day, int count, double shift) {
    CounterRandom random = CounterRandom.of(1, site, count);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new KnownStudy(
                    new StudyTraits(
                        site + i, Map.of(Trait.SITE, Set.of(site), Trait.DAY, Set.of(day))),
                    Map.of(StudyNumber.LOSS, random.nextDouble() + shift)));
  }
}
