package io.radstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.network.CompanionKind;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.config.Augmentation;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompanionPicturesTest {

  private static final int SIDE = 64;
  private static final int PIXELS = SIDE * SIDE;
  private static final ModelInput INPUT = new ModelInput(SIDE);
  private static final Set<CompanionKind> ALL = EnumSet.allOf(CompanionKind.class);

  /** Of smooth shades, brighter at the right, no two pixels of a row alike. */
  private static GrayImage picture(int seed) {
    int side = INPUT.resizedSide();
    byte[] pixels = new byte[side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (3 * (i % side) + (i / side + seed) % 23);
    }
    return new GrayImage(side, side, pixels);
  }

  private static PreparedStudy study(String id, GrayImage... views) {
    ReportTokens report = ReportTokens.shared(new int[] {1, 2});
    return new PreparedStudy(id, 1, DecodedViews.of(views), report, Optional.of(report));
  }

  private static Augmenter augmenter(long seed, Augmentation limits, Set<CompanionKind> kinds) {
    return new Augmenter(seed, limits, INPUT, new ReportMirroring.AsStaged(), kinds);
  }

  private static PictureRoom room(Augmenter augmenter) {
    Map<CompanionKind, float[]> companions = new EnumMap<>(CompanionKind.class);
    for (CompanionKind kind : augmenter.companions()) {
      companions.put(kind, new float[augmenter.valuesPerStudy()]);
    }
    return new PictureRoom(new float[augmenter.valuesPerStudy()], companions, 0);
  }

  private static PictureRoom shown(Augmenter augmenter, PreparedStudy study, long epoch) {
    PictureRoom room = room(augmenter);
    augmenter.augment(study, epoch, room);
    return room;
  }

  private static float[] view(float[] pictures, int view) {
    return Arrays.copyOfRange(pictures, view * PIXELS, (view + 1) * PIXELS);
  }

  private static CompanionPicture.Shown uniform(long seed) {
    float[] values = new float[PIXELS];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < PIXELS; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    WordPlace word = WordPlace.draw(CounterRandom.of(1, "word", seed));
    return new CompanionPicture.Shown(picture(0), false, values, 0, word);
  }

  private static float[] drawn(CompanionPicture kind, CompanionPicture.Shown shown, long epoch) {
    float[] target = new float[PIXELS];
    kind.draw(shown, target, 0, CounterRandom.of(1, "test", epoch));
    return target;
  }

  @Test
  void shouldShowTheSamePicturesWhetherOrNotTheyHaveCompanions() {
    PreparedStudy study = study("s", picture(1), picture(2), picture(3));

    PictureRoom with = shown(augmenter(1, Augmentation.paper(), ALL), study, 4);

    PictureRoom without = shown(augmenter(1, Augmentation.paper(), Set.of()), study, 4);
    assertThat(with.images()).containsExactly(without.images());
  }

  @ParameterizedTest
  @EnumSource
  void shouldDrawTheSameForTheSameSeedStudyAndEpochOnly(CompanionKind kind) {
    PreparedStudy study = study("s", picture(1), picture(2), picture(3));
    Augmenter augmenter = augmenter(1, Augmentation.paper(), Set.of(kind));

    float[] drawn = shown(augmenter, study, 4).companions().get(kind);

    Augmenter all = augmenter(1, Augmentation.paper(), ALL);
    assertThat(shown(all, study, 4).companions().get(kind)).containsExactly(drawn);
    assertThat(shown(all, study, 5).companions().get(kind)).isNotEqualTo(drawn);
    Augmenter otherSeed = augmenter(2, Augmentation.paper(), ALL);
    assertThat(shown(otherSeed, study, 4).companions().get(kind)).isNotEqualTo(drawn);
    PreparedStudy other = study("t", picture(1), picture(2), picture(3));
    assertThat(shown(all, other, 4).companions().get(kind)).isNotEqualTo(drawn);
  }

  @ParameterizedTest
  @EnumSource
  void shouldRepeatTheCompanionOfARepeatedView(CompanionKind kind) {
    Augmenter augmenter = augmenter(1, Augmentation.paper(), Set.of(kind));

    float[] one = shown(augmenter, study("s", picture(1)), 0).companions().get(kind);
    float[] three =
        shown(augmenter, study("s", picture(1), picture(1), picture(2)), 0).companions().get(kind);

    assertThat(view(one, 1)).containsExactly(view(one, 0));
    assertThat(view(one, 2)).containsExactly(view(one, 0));
    assertThat(view(three, 1)).isNotEqualTo(view(three, 0));
  }

  @ParameterizedTest
  @EnumSource
  void shouldAlwaysShowTheSameCompanionsInAValidation(CompanionKind kind) {
    PreparedStudy study = study("s", picture(1), picture(2), picture(3));
    Augmenter augmenter = augmenter(1, Augmentation.paper(), ALL);
    PictureRoom first = room(augmenter);
    PictureRoom again = room(augmenter);

    augmenter.plain(study, first);
    augmenter.plain(study, again);

    assertThat(again.companions().get(kind)).containsExactly(first.companions().get(kind));
    assertThat(first.companions().get(kind)).isNotEqualTo(first.images());
  }

  @Test
  void shouldMirrorASecondViewIfAndOnlyIfTheFirstIs() {
    Augmenter augmenter = augmenter(1, Augmentation.paper(), EnumSet.of(CompanionKind.SECOND_VIEW));
    PreparedStudy study = study("s", picture(1), picture(2), picture(3));
    int mirrored = 0;

    for (long epoch = 0; epoch < 40; epoch++) {
      PictureRoom room = shown(augmenter, study, epoch);

      boolean first = balance(view(room.images(), 0)) > 0;
      boolean second = balance(view(room.companions().get(CompanionKind.SECOND_VIEW), 0)) > 0;
      assertThat(second).isEqualTo(first);
      mirrored += first ? 0 : 1;
    }

    assertThat(mirrored).isBetween(5, 35);
  }

  /** How much brighter the right half is. */
  private static double balance(float[] picture) {
    return IntStream.range(0, PIXELS)
        .mapToDouble(i -> i % SIDE < SIDE / 2 ? -picture[i] : picture[i])
        .sum();
  }

  @Test
  void shouldSwapPatchesAndChangeNoShade() {
    CompanionPicture.Shown shown = uniform(3);

    float[] swapped = drawn(new SwappedPatches(SIDE), shown, 0);

    assertThat(sorted(swapped)).containsExactly(sorted(shown.values()));
    long moved = IntStream.range(0, PIXELS).filter(i -> swapped[i] != shown.values()[i]).count();
    int patch = SIDE / 8 * (SIDE / 8);
    assertThat(moved).isBetween(2L * patch, 2L * SwappedPatches.SWAPS * patch);
  }

  private static float[] sorted(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  @Test
  void shouldDistortAsOftenAsThePaperSays() {
    CompanionPicture.Shown shown = uniform(3);
    int draws = 400;
    int same = 0;
    int shades = 0;
    int mostlyNew = 0;

    for (int draw = 0; draw < draws; draw++) {
      float[] distorted = drawn(new DistortedPicture(SIDE), shown, draw);

      for (float value : distorted) {
        assertThat(value).isBetween(-2f, 2f);
      }
      same += Arrays.equals(distorted, shown.values()) ? 1 : 0;
      shades += Arrays.equals(sorted(distorted), sorted(shown.values())) ? 1 : 0;
      mostlyNew += kept(distorted, shown.values()) < 0.5 ? 1 : 0;
    }

    assertThat(same / (double) draws).isCloseTo(0.5 * 0.1 * 0.1, within(0.015));
    assertThat(shades / (double) draws).isCloseTo(0.1 * 0.1, within(0.02));
    assertThat(mostlyNew).isGreaterThan(draws / 2);
  }

  /** Share of pixels that are what they were. */
  private static double kept(float[] picture, float[] before) {
    return IntStream.range(0, PIXELS).filter(i -> picture[i] == before[i]).count()
        / (double) PIXELS;
  }

  @Test
  void shouldShadeByMonotoneCurvesBetweenTheEnds() {
    int rising = 0;

    for (int draw = 0; draw < 200; draw++) {
      MonotoneCurve curve = MonotoneCurve.draw(CounterRandom.of(1, "curve", draw));

      List<Double> values =
          IntStream.rangeClosed(0, 1000).mapToObj(i -> curve.at(i / 1000.0)).toList();
      boolean up = values.get(0) < 0.5;
      assertThat(values.get(0)).isCloseTo(up ? 0 : 1, within(1e-6));
      assertThat(values.get(1000)).isCloseTo(up ? 1 : 0, within(1e-6));
      for (int i = 1; i < values.size(); i++) {
        double step = values.get(i) - values.get(i - 1);
        assertThat(up ? step : -step).isGreaterThanOrEqualTo(-1e-9);
      }
      rising += up ? 1 : 0;
    }

    assertThat(rising).isBetween(70, 130);
  }

  @Test
  void shouldCutWordsFromPlacesThatAreTheSameInEveryPicture() {
    int wide = 200;
    byte[] columns = new byte[wide * wide];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = (byte) (i % wide);
    }
    GrayImage radiograph = new GrayImage(wide, wide, columns);
    double[] middles = new double[CompanionKind.WORDS];

    for (int draw = 0; draw < 400; draw++) {
      WordPlace place = WordPlace.draw(CounterRandom.of(1, "place", draw));
      float[] word = new float[PIXELS];
      place.cut(radiograph, SIDE, word, 0);

      // Columns of 200, by shades of 255 from −2 to 2.
      double first = (word[0] + 2) / 4 * 255;
      double last = (word[SIDE - 1] + 2) / 4 * 255;
      double middle = (first + last + 1) / 2 / wide;
      if (middles[place.number()] == 0) {
        middles[place.number()] = middle;
      }
      assertThat(middle).isCloseTo(middles[place.number()], within(1e-4));
      assertThat(last - first).isCloseTo(place.size() * wide * (SIDE - 1) / SIDE, within(1e-2));
    }

    assertThat(middles).doesNotContain(0);
  }

  @Test
  void shouldDistortTheSameWord() {
    Augmenter augmenter = augmenter(1, Augmentation.paper(), ALL);
    PreparedStudy study = study("s", picture(1), picture(2), picture(3));
    int same = 0;

    for (long epoch = 0; epoch < 60; epoch++) {
      PictureRoom room = shown(augmenter, study, epoch);
      for (int view = 0; view < 3; view++) {
        float[] word = view(room.companions().get(CompanionKind.WORD), view);
        float[] distorted = view(room.companions().get(CompanionKind.DISTORTED_WORD), view);
        same += kept(distorted, word) > 0.99 ? 1 : 0;
        assertThat(room.words()[view]).isBetween(0, CompanionKind.WORDS - 1);
      }
    }

    // Nothing happens to one of 200; only in-painting or shuffling leaves most as it is.
    assertThat(same).isLessThan(12);
  }

  @Test
  void shouldFindThePicturesThatLookAlike() {
    int side = 16;
    float[] images = new float[6 * side * side];
    for (int i = 0; i < images.length; i++) {
      int picture = i / (side * side);
      int x = i % side;
      int y = i / side % side;
      // Four that grow brighter to the right, in contrasts of their own; two that do downwards.
      images[i] = picture % 3 == 2 ? y : (1 + picture) * x + 0.1f * ((7 * x + picture * y) % 5);
    }

    boolean[] alike = AlikePictures.of(images, side);

    assertThat(alike[2]).isFalse();
    assertThat(alike[5]).isFalse();
    assertThat(IntStream.range(0, 6).filter(i -> alike[i]).count()).isEqualTo(3);
  }
}
