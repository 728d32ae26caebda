package io.radstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.Augmentation;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AugmenterTest {

  private static final ModelInput INPUT = new ModelInput(32);
  private static final int PIXELS = 32 * 32;
  private static final Augmentation FLIP_ONLY = new Augmentation(true, false, 0, 0, 0);

  private static ReportTokenizer tokenizer;

  /** Three views, each with a bright bar on the picture's left. */
  private static PreparedStudy study;

  @BeforeAll
  static void prepare() throws IOException {
    tokenizer = Tuples.tokenizer();
    GrayImage square = INPUT.resize(Tuples.bar(4, 16));
    study = study("s", square, square, square);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void shouldMirrorAllViewsAndTheReportTogether() {
    Augmenter augmenter = augmenter(FLIP_ONLY);
    int mirrored = 0;

    for (long epoch = 0; epoch < 200; epoch++) {
      float[] images = new float[augmenter.valuesPerStudy()];
      String report =
          tokenizer.decode(
              augmenter
                  .augment(study, epoch, new PictureRoom(images, Map.of(), 0))
                  .report()
                  .decoder());

      boolean rightSided = isBrighterOnTheRight(images, 0);
      assertThat(isBrighterOnTheRight(images, 1)).isEqualTo(rightSided);
      assertThat(isBrighterOnTheRight(images, 2)).isEqualTo(rightSided);
      assertThat(report)
          .isEqualTo(rightSided ? "small right pleural effusion" : "small left pleural effusion");
      mirrored += rightSided ? 1 : 0;
    }

    assertThat(mirrored).isBetween(60, 140);
  }

  @Test
  void shouldMirrorTheReportInBothVocabularies() throws IOException {
    byte[] other =
        WordPieceTrainer.train(
            List.of("right left", "left right").iterator(), WordPieceTrainer.Options.DEFAULT);
    try (ReportTokenizer encoder = ReportTokenizer.of(other)) {
      ReportTokens report = tokens("small left pleural effusion", encoder);
      ReportTokens mirrored = tokens("small right pleural effusion", encoder);
      PreparedStudy both = new PreparedStudy("s", 1, study.views(), report, Optional.of(mirrored));
      Augmenter augmenter = augmenter(FLIP_ONLY);

      for (long epoch = 0; epoch < 20; epoch++) {
        float[] images = new float[augmenter.valuesPerStudy()];
        ShownStudy shown = augmenter.augment(both, epoch, new PictureRoom(images, Map.of(), 0));

        boolean rightSided = isBrighterOnTheRight(images, 0);
        assertThat(shown.report()).isSameAs(rightSided ? mirrored : report);
        assertThat(shown.labelsExchanged()).isEqualTo(rightSided);
      }
    }
  }

  @Test
  void shouldNeverMirrorWhereTheReportCannotFollow() {
    PreparedStudy fixed =
        new PreparedStudy("s", 1, study.views(), study.report(), Optional.empty());
    Augmenter augmenter = augmenter(FLIP_ONLY);

    for (long epoch = 0; epoch < 50; epoch++) {
      float[] images = new float[augmenter.valuesPerStudy()];
      ShownStudy shown = augmenter.augment(fixed, epoch, new PictureRoom(images, Map.of(), 0));

      assertThat(isBrighterOnTheRight(images, 0)).isFalse();
      assertThat(shown).isEqualTo(new ShownStudy(study.report(), false, false));
    }
  }

  @Test
  void shouldVaryAStudyInTheSameWayWhetherOrNotItCanBeMirrored() {
    Augmentation cropOnly = new Augmentation(false, true, 10, 0.1, 0.1);
    PreparedStudy fixed =
        new PreparedStudy("s", 1, study.views(), study.report(), Optional.empty());
    Augmenter augmenter = augmenter(Augmentation.paper());
    float[] images = new float[augmenter.valuesPerStudy()];

    augmenter.augment(fixed, 7, new PictureRoom(images, Map.of(), 0));

    assertThat(images).containsExactly(images(augmenter(cropOnly), 7));
  }

  @Test
  void shouldMirrorTokenIdsAsEarlierRunsDid() {
    Augmenter before =
        new Augmenter(
            1,
            FLIP_ONLY,
            INPUT,
            new ReportMirroring.ByTokenIds(tokenizer.vocabulary(), tokenizer.vocabulary()));
    PreparedStudy fixed =
        new PreparedStudy("s", 1, study.views(), study.report(), Optional.empty());

    for (long epoch = 0; epoch < 50; epoch++) {
      float[] images = new float[before.valuesPerStudy()];
      ShownStudy shown = before.augment(fixed, epoch, new PictureRoom(images, Map.of(), 0));

      boolean rightSided = isBrighterOnTheRight(images, 0);
      assertThat(images).containsExactly(images(augmenter(FLIP_ONLY), epoch));
      assertThat(tokenizer.decode(shown.report().decoder()))
          .isEqualTo(rightSided ? "small right pleural effusion" : "small left pleural effusion");
      assertThat(shown.labelsExchanged()).isFalse();
    }
  }

  @Test
  void shouldShowTheMiddleWhereAllIsSwitchedOff() {
    float[] images = images(augmenter(Augmentation.none()), 5);

    float[] center = INPUT.center(study.views().shown().get(0));
    for (int view = 0; view < 3; view++) {
      assertThat(Arrays.copyOfRange(images, view * PIXELS, (view + 1) * PIXELS))
          .containsExactly(center, within(1e-6f));
    }
  }

  @Test
  void shouldShowTheSameForTheSameSeedStudyAndEpochOnly() {
    Augmenter augmenter = augmenter(Augmentation.paper());

    float[] images = images(augmenter, 3);

    assertThat(images(augmenter(Augmentation.paper()), 3)).containsExactly(images);
    assertThat(images(augmenter, 4)).isNotEqualTo(images);
    assertThat(
            images(
                new Augmenter(2, Augmentation.paper(), INPUT, new ReportMirroring.AsStaged()), 3))
        .isNotEqualTo(images);
  }

  @Test
  void shouldVaryEachSwitchedOnKindByItself() {
    List<Augmentation> kinds =
        List.of(
            new Augmentation(false, true, 0, 0, 0),
            new Augmentation(false, false, 10, 0, 0),
            new Augmentation(false, false, 0, 0.1, 0),
            new Augmentation(false, false, 0, 0, 0.1));
    float[] plain = images(augmenter(Augmentation.none()), 0);

    for (Augmentation kind : kinds) {
      assertThat(images(augmenter(kind), 0)).describedAs("%s", kind).isNotEqualTo(plain);
    }
  }

  @Test
  void shouldTurnAboutTheMiddleOfTheCrop() {
    byte[] pixels = new byte[INPUT.resizedSide() * INPUT.resizedSide()];
    int margin = (INPUT.resizedSide() - INPUT.size()) / 2;
    // A dot right of the middle, in the middle row (of an even size: the upper of two).
    pixels[(margin + 15) * INPUT.resizedSide() + margin + 25] = (byte) 255;
    GrayImage dot = new GrayImage(INPUT.resizedSide(), INPUT.resizedSide(), pixels);
    float[] turned = new float[PIXELS];

    new Warp(margin, margin, false, Math.PI / 2, 1, 0).apply(dot, INPUT.size(), turned, 0);

    int brightest = 0;
    for (int i = 0; i < PIXELS; i++) {
      brightest = turned[i] > turned[brightest] ? i : brightest;
    }
    // The picture turns a quarter against the clock: from the right to the top.
    assertThat(brightest % 32).isEqualTo(15);
    assertThat(brightest / 32).isEqualTo(31 - 25);
  }

  @Test
  void shouldDrawViewsAnewEachEpoch() {
    GrayImage[] views = new GrayImage[5];
    Arrays.setAll(views, i -> INPUT.resize(Tuples.bar(i * 6, i * 6 + 6)));
    PreparedStudy five = study("five", views);
    Augmenter augmenter = augmenter(Augmentation.none());

    long distinct =
        LongStream.range(0, 60)
            .mapToObj(
                epoch -> {
                  float[] images = new float[augmenter.valuesPerStudy()];
                  augmenter.augment(five, epoch, new PictureRoom(images, Map.of(), 0));
                  return Arrays.hashCode(images);
                })
            .distinct()
            .count();

    assertThat(distinct).isEqualTo(10); // three of five
  }

  private static PreparedStudy study(String id, GrayImage... views) {
    return new PreparedStudy(
        id,
        1,
        DecodedViews.of(views),
        ReportTokens.shared(tokenizer.encode("small left pleural effusion", 100)),
        Optional.of(ReportTokens.shared(tokenizer.encode("small right pleural effusion", 100))));
  }

  private static ReportTokens tokens(String report, ReportTokenizer encoder) {
    return new ReportTokens(tokenizer.encode(report, 100), encoder.encode(report, 100));
  }

  private static Augmenter augmenter(Augmentation augmentation) {
    return new Augmenter(1, augmentation, INPUT, new ReportMirroring.AsStaged());
  }

  private static float[] images(Augmenter augmenter, long epoch) {
    float[] images = new float[augmenter.valuesPerStudy()];
    augmenter.augment(study, epoch, new PictureRoom(images, Map.of(), 0));
    return images;
  }

  private static boolean isBrighterOnTheRight(float[] images, int view) {
    double balance = 0;
    for (int i = 0; i < PIXELS; i++) {
      balance += (i % 32 < 16 ? -1 : 1) * images[view * PIXELS + i];
    }
    return balance > 0;
  }
}
