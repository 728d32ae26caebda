package io.radstream.trainer.bisect;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.image.GrayImage;
import io.radstream.trainer.traits.StudyPlace;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** What looks like what was read before, and what does not. */
class LikenessTest {

  private static final int SIDE = 32;
  private static final int STUDIES = 40;

  private final Random random = new Random(1);

  /** Brighter to one side, with as many pictures that are brighter below. */
  private List<GrayImage> usual(int study) {
    return List.of(study % 2 == 0 ? picture((x, y) -> 4 * x) : picture((x, y) -> 4 * y));
  }

  private GrayImage picture(IntBinaryOperator shade) {
    byte[] pixels = new byte[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (60 + shade.applyAsInt(i % SIDE, i / SIDE) + random.nextInt(20));
    }
    return new GrayImage(SIDE, SIDE, pixels);
  }

  private static StudyPlace place(int study) {
    return new StudyPlace("", new TupleRef(0, study));
  }

  @Test
  void shouldTellPicturesThatLookOtherwise() {
    Likeness likeness = new Likeness();
    List<StudyPlace> before = new ArrayList<>();
    for (int i = 0; i < STUDIES; i++) {
      likeness.add(place(i), usual(i));
      before.add(place(i));
    }
    likeness.add(place(100), usual(0));
    likeness.add(place(101), List.of(picture((x, y) -> 4 * (SIDE - 1 - x))));
    likeness.add(place(102), List.of(new GrayImage(SIDE, SIDE, new byte[SIDE * SIDE])));
    likeness.add(place(103), List.of(usual(0).get(0), picture((x, y) -> 4 * (SIDE - 1 - x))));
    likeness.add(place(104), List.of());

    Map<StudyPlace, Double> all = likeness.to(before);

    assertThat(before).allSatisfy(place -> assertThat(all.get(place)).isBetween(0.9, 1 - 1e-6));
    assertThat(all.get(place(100))).isGreaterThan(0.9);
    assertThat(all.get(place(101))).as("the wrong way round").isLessThan(0.3);
    assertThat(all.get(place(102))).as("nothing on it").isZero();
    assertThat(all.get(place(103))).as("one of two").isBetween(0.4, 0.7);
    assertThat(all).doesNotContainKey(place(104));
  }

  @Test
  void shouldSayNothingWithoutOthers() {
    Likeness likeness = new Likeness();
    likeness.add(place(0), usual(0));

    assertThat(likeness.to(List.of(place(0)))).isEmpty();
    assertThat(likeness.to(List.of())).isEmpty();
  }
}
