package io.radstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.augment.TestPicture.Seen;
import io.radstream.trainer.config.Augmentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The paper's augmentation (section 4), as the pixels tell that come out: resized to 256, cropped
 * to 224 anywhere, turned by up to 10 degrees, mirrored every other time, brighter or darker, of
 * more or less contrast. Distributions are looked at in half of that size.
 */
class AugmentedPixelsTest {

  private static final ModelInput INPUT = new ModelInput(112);
  private static final int ROOM = 16;
  private static final int EPOCHS = 1_000;

  private static final List<ToDoubleFunction<Seen>> KINDS =
      List.of(Seen::left, Seen::top, Seen::degrees, Seen::gain, Seen::bias);

  /** Three of each epoch. */
  private static List<Seen> seen = List.of();

  @BeforeAll
  static void show() {
    seen = show(INPUT, EPOCHS);
  }

  @Test
  void shouldReadFromThePictureWhatIsDoneToIt() {
    GrayImage picture = new TestPicture(INPUT).image();
    for (boolean mirrored : new boolean[] {false, true}) {
      float[] values = new float[INPUT.size() * INPUT.size()];
      new Warp(3, 14, mirrored, Math.toRadians(7), 1.05, -20)
          .apply(picture, INPUT.size(), values, 0);

      Seen read = new TestPicture(INPUT).read(values, 0);

      assertThat(read.left()).isCloseTo(3, within(0.1));
      assertThat(read.top()).isCloseTo(14, within(0.1));
      assertThat(read.degrees()).isCloseTo(7, within(0.1));
      assertThat(read.mirrored()).isEqualTo(mirrored);
      assertThat(read.gain()).isCloseTo(1.05, within(1e-3));
      assertThat(read.bias()).isCloseTo(-20, within(0.05));
    }
  }

  @Test
  void shouldCutEveryPlaceAsOften() {
    for (ToDoubleFunction<Seen> offset : KINDS.subList(0, 2)) {
      double[] offsets = seen.stream().mapToDouble(offset).toArray();
      int[] times = new int[ROOM + 1];

      for (double found : offsets) {
        assertThat(found).isCloseTo(Math.rint(found), within(0.15));
        times[(int) Math.rint(found)]++;
      }

      double evenly = (double) offsets.length / times.length;
      assertThat(Arrays.stream(times).boxed())
          .allSatisfy(count -> assertThat(count / evenly).isBetween(0.7, 1.3));
      assertUniform(offsets, -0.5, ROOM + 0.5, 0.65);
    }
  }

  @Test
  void shouldTurnByUpToTenDegreesEitherWay() {
    assertUniform(seen.stream().mapToDouble(Seen::degrees).toArray(), -10, 10, 0.1);
  }

  @Test
  void shouldMirrorEveryOtherStudyWithAllItsViews() {
    int mirrored = 0;
    for (int first = 0; first < seen.size(); first += 3) {
      List<Seen> views = seen.subList(first, first + 3);

      assertThat(views).extracting(Seen::mirrored).containsOnly(views.get(0).mirrored());
      mirrored += views.get(0).mirrored() ? 1 : 0;
    }

    // Four standard deviations of a fair coin.
    assertThat(mirrored).isBetween(EPOCHS / 2 - 64, EPOCHS / 2 + 64);
  }

  @Test
  void shouldVaryContrastAndBrightnessByATenth() {
    assertUniform(seen.stream().mapToDouble(Seen::gain).toArray(), 0.9, 1.1, 1e-3);
    assertUniform(seen.stream().mapToDouble(Seen::bias).toArray(), -25.5, 25.5, 0.05);
  }

  @Test
  void shouldDrawEachKindApartFromTheOthers() {
    for (int one = 0; one < KINDS.size(); one++) {
      for (int other = 0; other < one; other++) {
        assertThat(correlation(KINDS.get(one), KINDS.get(other))).isCloseTo(0, within(0.08));
      }
      assertThat(correlation(KINDS.get(one), it -> it.mirrored() ? 1 : 0))
          .isCloseTo(0, within(0.08));
    }
  }

  @Test
  void shouldDrawEachViewOfAStudyApartFromTheOthers() {
    for (ToDoubleFunction<Seen> kind : KINDS) {
      double[] first = every(3, 0, kind);
      double[] second = every(3, 1, kind);

      assertThat(correlation(first, second)).isCloseTo(0, within(0.13));
    }
  }

  @Test
  void shouldCropTwoHundredAndTwentyFourOfTwoHundredAndFiftySix() {
    ModelInput paper = new ModelInput(224);

    List<Seen> views = show(paper, 60);

    assertThat(paper.resizedSide()).isEqualTo(256);
    for (ToDoubleFunction<Seen> offset : KINDS.subList(0, 2)) {
      double[] offsets = views.stream().mapToDouble(offset).toArray();
      assertThat(Arrays.stream(offsets).min().orElseThrow()).isBetween(-0.2, 3.0);
      assertThat(Arrays.stream(offsets).max().orElseThrow()).isBetween(29.0, 32.2);
    }
  }

  @Test
  void shouldMirrorPixelByPixel() {
    Augmenter augmenter = augmenter(INPUT, new Augmentation(true, false, 0, 0, 0));
    float[] plain = INPUT.center(new TestPicture(INPUT).image());
    int side = INPUT.size();
    float[] mirrored = new float[plain.length];
    for (int i = 0; i < plain.length; i++) {
      mirrored[i] = plain[i - i % side + side - 1 - i % side];
    }

    List<float[]> shown =
        IntStream.range(0, 40).mapToObj(epoch -> firstView(augmenter, "s", 1, epoch)).toList();

    assertThat(shown).anySatisfy(it -> assertThat(it).containsExactly(plain, within(1e-5f)));
    assertThat(shown).anySatisfy(it -> assertThat(it).containsExactly(mirrored, within(1e-5f)));
    assertThat(shown)
        .allMatch(it -> Arrays.mismatch(it, plain) < 0 || Arrays.mismatch(it, mirrored) < 0);
  }

  @Test
  void shouldShowTheSamePixelsForTheSameStudyRevisionAndEpochAlone() {
    Augmenter augmenter = augmenter(INPUT, Augmentation.paper());
    float[] once = firstView(augmenter, "s", 1, 9);

    firstView(augmenter, "t", 1, 9);

    assertThat(firstView(augmenter, "s", 1, 9)).containsExactly(once);
    assertThat(firstView(augmenter, "t", 1, 9)).isNotEqualTo(once);
    assertThat(firstView(augmenter, "s", 2, 9)).isNotEqualTo(once);
    assertThat(firstView(augmenter, "s", 1, 10)).isNotEqualTo(once);
  }

  private static List<Seen> show(ModelInput input, int epochs) {
    Augmenter augmenter = augmenter(input, Augmentation.paper());
    TestPicture picture = new TestPicture(input);
    PreparedStudy study = study("s", 1, picture.image(), picture.image(), picture.image());
    float[] images = new float[augmenter.valuesPerStudy()];
    List<Seen> shown = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      augmenter.augment(study, epoch, new PictureRoom(images, Map.of(), 0));
      for (int view = 0; view < 3; view++) {
        shown.add(picture.read(images, view * input.size() * input.size()));
      }
    }
    return shown;
  }

  private static float[] firstView(Augmenter augmenter, String studyId, int revision, int epoch) {
    float[] images = new float[augmenter.valuesPerStudy()];
    augmenter.augment(
        study(studyId, revision, new TestPicture(INPUT).image()),
        epoch,
        new PictureRoom(images, Map.of(), 0));
    return Arrays.copyOf(images, INPUT.size() * INPUT.size());
  }

  private static Augmenter augmenter(ModelInput input, Augmentation augmentation) {
    return new Augmenter(1, augmentation, input, new ReportMirroring.AsStaged());
  }

  private static PreparedStudy study(String id, int revision, GrayImage... views) {
    ReportTokens report = ReportTokens.shared(new int[] {1, 2});
    return new PreparedStudy(id, revision, DecodedViews.of(views), report, Optional.of(report));
  }

  /**
   * Mean, spread and ends are those of a uniform distribution, and so are its quarters.
   *
   * @param slack by which a reading may lie outside
   */
  private static void assertUniform(double[] values, double low, double high, double slack) {
    double width = high - low;
    double[] parts = Arrays.stream(values).map(it -> (it - low) / width).sorted().toArray();
    double mean = Arrays.stream(parts).average().orElseThrow();
    double square =
        Arrays.stream(parts).map(it -> (it - mean) * (it - mean)).average().orElseThrow();

    assertThat(mean).isCloseTo(0.5, within(0.02));
    assertThat(Math.sqrt(square)).isCloseTo(1 / Math.sqrt(12), within(0.01));
    assertThat(parts[0]).isBetween(-slack / width, 0.04);
    assertThat(parts[parts.length - 1]).isBetween(0.96, 1 + slack / width);
    for (int quarter = 1; quarter < 4; quarter++) {
      assertThat(parts[parts.length * quarter / 4]).isCloseTo(quarter / 4.0, within(0.04));
    }
  }

  private static double[] every(int step, int first, ToDoubleFunction<Seen> kind) {
    return IntStream.iterate(first, i -> i < seen.size(), i -> i + step)
        .mapToDouble(i -> kind.applyAsDouble(seen.get(i)))
        .toArray();
  }

  private static double correlation(ToDoubleFunction<Seen> one, ToDoubleFunction<Seen> other) {
    return correlation(every(1, 0, one), every(1, 0, other));
  }

  private static double correlation(double[] one, double[] other) {
    double meanOne = Arrays.stream(one).average().orElseThrow();
    double meanOther = Arrays.stream(other).average().orElseThrow();
    double product = 0;
    double squareOne = 0;
    double squareOther = 0;
    for (int i = 0; i < one.length; i++) {
      product += (one[i] - meanOne) * (other[i] - meanOther);
      squareOne += (one[i] - meanOne) * (one[i] - meanOne);
      squareOther += (other[i] - meanOther) * (other[i] - meanOther);
    }
    return product / Math.sqrt(squareOne * squareOther);
  }
}
