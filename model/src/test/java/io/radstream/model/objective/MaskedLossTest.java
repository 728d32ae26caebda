package io.radstream.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.MaskedModelling;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.TokenPositions;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.Contrast;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.config.Restoration;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.HiddenTokens;
import io.radstream.model.network.PatchMask;
import io.radstream.model.network.RadiographTransformer;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedLossTest {

  private static final int SIDE = 6;
  private static final int PATCH = 2;
  private static final int VIEWS = 3;
  private static final MaskedModelling SETTINGS = new MaskedModelling(1, 0.7, 0.5, 0.5, 1, 1, true);

  /** The last one has no report. */
  private static final int[][] TOKENS = {{0, 3, 4, 5, 1}, {0, 6, 1}, {}};

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config(PatchPositions positions, Recurrence recurrence) {
    ModelConfig base = SmallNetworks.paper(0);
    return new ModelConfig(
        new Radiograph(SIDE, PATCH, 4, 1, 2, 6, Activation.GELU, positions, recurrence),
        base.fusion(),
        new Decoder(8, 4, 1, 2, 6, 6, 0, Activation.GELU, TokenPositions.SINUSOIDAL),
        base.text(),
        new Objectives(
            0,
            0,
            0,
            0.1,
            1,
            LanguageMean.REPORT,
            Restoration.NONE,
            ImageComparison.OFF,
            Contrast.SOFTMAX,
            0,
            SETTINGS),
        base.findings());
  }

  private static RefersNetwork network(
      Float64Fixture fixture, PatchPositions positions, Recurrence recurrence) {
    ModelConfig config = config(positions, recurrence);
    return RefersNetwork.of(
        fixture.manager(),
        config,
        ObjectiveList.parts(config),
        fixture.source(),
        new Arithmetic.Plain());
  }

  /** The last view of the first study is its first again. */
  private static StudyBatch batch() {
    int size = SIDE * SIDE;
    float[] images = new float[TOKENS.length * VIEWS * size];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    System.arraycopy(images, 0, images, 2 * size, size);
    return new StudyBatch(images, TOKENS).with(7, 8, 9);
  }

  /** Those of the fusion are not asked; softmax does not see what all keys have in common. */
  @ParameterizedTest
  @CsvSource({"CONCATENATED, CONCATENATED", "ADDED, NONE"})
  void shouldHaveTheGradientsOfFiniteDifferencesInEveryWeight(
      PatchPositions positions, Recurrence recurrence) {
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network = network(fixture, positions, recurrence);
      List<Objective> objectives = ObjectiveList.of(network.config());
      List<Term> terms = objectives.stream().map(objective -> objective.on(network)).toList();
      GradientCheck check =
          new GradientCheck(
              Float64Fixture.values(network.weights()),
              scratch -> {
                Forward forward = Forward.of(network, scratch, batch(), false);
                return IntStream.range(0, terms.size())
                    .mapToObj(i -> loss(objectives.get(i), terms.get(i), forward))
                    .reduce(NDArray::add)
                    .orElseThrow();
              });

      GradientCheck.Result result = check.run(1, 0);

      assertThat(objectives)
          .extracting(Objective::name)
          .containsExactly("masked_pictures", "masked_reports");
      assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
      assertThat(result.flat())
          .allMatch(name -> name.startsWith("view_fusion.") || name.endsWith("key.bias"));
    }
  }

  private static NDArray loss(Objective objective, Term term, Forward forward) {
    return ((Term.PerStudy) term).share(forward, objective.count(forward.batch()));
  }

  @Test
  void shouldSeeNothingOfWhatIsHidden() {
    try (Float64Fixture fixture = new Float64Fixture(1);
        NDManager scratch = fixture.manager().newSubManager()) {
      RefersNetwork network =
          network(fixture, PatchPositions.CONCATENATED, Recurrence.CONCATENATED);
      RadiographTransformer encoder = (RadiographTransformer) network.radiograph();
      PatchMask mask = new PatchMask(new int[][] {{1, 5}}, new int[][] {{0, 2, 3, 4, 6, 7, 8}});
      NDArray picture = scratch.arange(36f).div(18).reshape(1, SIDE, SIDE);
      NDArray hiddenChanged = picture.duplicate();
      hiddenChanged.set(new NDIndex(":, 4:"), 9f);
      NDArray shownChanged = picture.duplicate();
      shownChanged.set(new NDIndex(":, 2, 4"), 9f);

      double[] seen = encoder.apply(picture, mask).patches().toDoubleArray();

      assertThat(encoder.apply(hiddenChanged, mask).patches().toDoubleArray())
          .containsExactly(seen);
      assertThat(encoder.apply(shownChanged, mask).patches().toDoubleArray()).isNotEqualTo(seen);
    }
  }

  /** But for their order in memory they are the same operations. */
  @ParameterizedTest
  @CsvSource({"CONCATENATED, CONCATENATED", "ADDED, NONE"})
  void shouldSeeAPictureAsEverWhereAllOfItIsShown(PatchPositions positions, Recurrence recurrence) {
    try (Float64Fixture fixture = new Float64Fixture(2);
        NDManager scratch = fixture.manager().newSubManager()) {
      RefersNetwork network = network(fixture, positions, recurrence);
      RadiographTransformer encoder = (RadiographTransformer) network.radiograph();
      int[] all = IntStream.range(0, 9).toArray();
      NDArray pictures = scratch.randomNormal(new Shape(2, SIDE, SIDE));

      NDArray masked =
          encoder.apply(pictures, new PatchMask(new int[][] {all, all}, new int[2][0])).patches();

      NDArray whole = encoder.apply(pictures).patches();
      assertThat(masked.getShape()).isEqualTo(whole.getShape());
      assertThat(masked.toDoubleArray())
          .usingComparatorWithPrecision(1e-12)
          .containsExactly(whole.toDoubleArray());
    }
  }

  @Test
  void shouldPutPatchesBackInTheirPlaces() {
    try (Float64Fixture fixture = new Float64Fixture(1);
        NDManager scratch = fixture.manager().newSubManager()) {
      SplittableRandom random = new SplittableRandom(3);
      PatchMask mask = PatchMask.drawn(9, 4, random, random);
      NDArray patches = scratch.arange(36f).reshape(2, 9, 2);

      NDArray whole = mask.whole(mask.shown(patches), mask.hidden(patches));

      assertThat(whole.toFloatArray()).containsExactly(patches.toFloatArray());
      assertThat(mask.shown()[0]).hasSize(4).isNotEqualTo(mask.shown()[1]);
    }
  }

  @Test
  void shouldBeTheMeanSquareOverHiddenPixelsViewsAndStudies() {
    try (Float64Fixture fixture = new Float64Fixture(1)) {
      NDArray restored = fixture.input("restored", 2 * VIEWS, 5, 4);
      NDArray wanted = fixture.input("wanted", 2 * VIEWS, 5, 4);

      double loss = RestorationObjective.share(restored, wanted, 2).getDouble();

      assertThat(loss).isCloseTo(restored.sub(wanted).square().mean().getDouble(), within(1e-12));
    }
  }

  @Test
  void shouldWantPixelsLessTheirPatchesMeanAndOverTheirDeviation() {
    try (Float64Fixture fixture = new Float64Fixture(1);
        NDManager scratch = fixture.manager().newSubManager()) {
      NDArray pixels = scratch.create(new double[] {1, 3, 1, 3, 5, 5, 5, 5}).reshape(1, 2, 4);

      double[] wanted = new MaskedPicturesObjective(SETTINGS).wanted(pixels).toDoubleArray();

      assertThat(wanted)
          .usingComparatorWithPrecision(1e-5)
          .containsExactly(-1, 1, -1, 1, 0, 0, 0, 0);
    }
  }

  @Test
  void shouldHideHalfOfAReportButNeverItsEnds() {
    int[][] reports = {new int[12], new int[3], new int[2], {}};

    HiddenTokens hidden = MaskedViews.tokens(reports, new long[] {1, 2, 3, 4}, SETTINGS);

    assertThat(hidden.reports()).containsExactly(0, 1);
    assertThat(hidden.places()[0]).hasSize(5).doesNotHaveDuplicates().isSorted();
    assertThat(Arrays.stream(hidden.places()[0])).allMatch(place -> place > 0 && place < 11);
    assertThat(hidden.places()[1]).containsExactly(1);
    assertThat(MaskedViews.tokens(reports, new long[] {5, 2, 3, 4}, SETTINGS).places()[0])
        .isNotEqualTo(hidden.places()[0]);
    assertThat(new MaskedReportsObjective(SETTINGS, 8).count(new StudyBatch(new float[0], reports)))
        .isEqualTo(3 + 1);
  }

  @Test
  void shouldRefuseAnEncoderWithoutPatchesAndSharesThatHideAllOrNothing() {
    ModelConfig masked = config(PatchPositions.ADDED, Recurrence.NONE);
    Radiograph transformer = masked.radiograph();
    Radiograph residual =
        transformer.with(ModelConfig.ImageEncoderKind.CONVOLUTIONAL, transformer.residual());

    assertThatThrownBy(
            () ->
                new ModelConfig(
                    residual,
                    masked.fusion(),
                    masked.report(),
                    masked.text(),
                    masked.objectives(),
                    masked.findings()))
        .hasMessage(
            "configuration value out of range: model.objectives.masked (0 with this"
                + " model.radiograph.encoder: it has no patches that could be left out)"
                + " = CONVOLUTIONAL");
    assertThatThrownBy(() -> new MaskedModelling(1, 1, 1, 0.5, 4, 6, true))
        .hasMessage(
            "configuration value out of range: model.objectives.masked.patchShare (above 0, below"
                + " 1) = 1.0");
    assertThatThrownBy(() -> new MaskedModelling(1, 1, 0.75, 0, 4, 6, true))
        .hasMessageContaining("model.objectives.masked.tokenShare (above 0, below 1) = 0.0");
    assertThatThrownBy(() -> new MaskedModelling(-1, 1, 0.75, 0.5, 4, 6, true))
        .hasMessageContaining("model.objectives.masked.pictures (at least 0) = -1.0");
    assertThatThrownBy(() -> new MaskedModelling(1, 1, 0.75, 0.5, 4, 0, true))
        .hasMessageContaining("model.objectives.masked.reportLayers (at least 1) = 0");
  }
}
