package io.radstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Decoder;
import io.radstream.model.config.ModelConfig.Encoder;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.ModelConfig.TokenPositions;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.Objectives.LanguageMean;
import io.radstream.model.engine.HostMemory;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.objective.Forward;
import io.radstream.model.objective.Objective;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.model.objective.Term;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefersNetworkGradientTest {

  private static final int SIDE = 4;
  private static final int[][] TOKENS = {{1, 5, 2}, {1, 3, 3, 6, 2}, {1, 4, 6, 2}};
  private static final int[][] ENCODER_TOKENS = {{1, 7, 5, 2}, {1, 3, 2}, {1, 4, 2, 2}};
  private static final float[][] LABELS = {{1, Float.NaN}, {0, 1}, {Float.NaN, 0}};
  private static final int STUDIES = TOKENS.length;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static List<ModelConfig> configs() {
    ModelConfig paper = config(ModelVariant.PAPER, FusionKind.SOFTMAX);
    ModelConfig released = config(ModelVariant.RELEASED, FusionKind.SIGMOID);
    return List.of(paper, released, config(ModelVariant.PAPER, FusionKind.NONE));
  }

  private static ModelConfig config(ModelVariant variant, FusionKind fusion) {
    boolean paper = variant == ModelVariant.PAPER;
    Activation activation = paper ? Activation.RELU : Activation.GELU;
    return new ModelConfig(
        new Radiograph(
            SIDE,
            2,
            4,
            2,
            2,
            6,
            activation,
            paper ? PatchPositions.CONCATENATED : PatchPositions.ADDED,
            paper ? Recurrence.CONCATENATED : Recurrence.ADDED),
        new Fusion(fusion, 5),
        new Decoder(
            7,
            4,
            1,
            2,
            6,
            6,
            0,
            activation,
            paper ? TokenPositions.SINUSOIDAL : TokenPositions.LEARNED),
        new Encoder(8, 4, 1, 2, 6, 6, 0),
        objectives(paper),
        List.of("Edema", "Effusion"));
  }

  private static Objectives objectives(boolean paper) {
    return paper
        ? new Objectives(1, 1, 1, 0.5, 1, LanguageMean.REPORT)
        : new Objectives(1, 1, 1, 0.5, 0.75, LanguageMean.TOKEN);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void shouldHaveTheGradientsOfFiniteDifferencesInEveryWeight(ModelConfig config) {
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network =
          RefersNetwork.of(
              fixture.manager(),
              config,
              ObjectiveList.parts(config),
              fixture.source(),
              new Arithmetic.Plain());
      GradientCheck check =
          new GradientCheck(
              Float64Fixture.values(network.weights()), scratch -> loss(network, scratch));

      GradientCheck.Result result = check.run(1, 0);

      assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
      // Softmax does not see what all keys have in common.
      assertThat(result.flat()).hasSize(5).allMatch(name -> name.endsWith("key.bias"));
    }
  }

  private static NDArray loss(RefersNetwork network, NDManager scratch) {
    StudyBatch batch = new StudyBatch(images(), TOKENS, ENCODER_TOKENS, LABELS);
    DistinctViews views =
        DistinctViews.of(scratch, new HostMemory(scratch), batch.images(), STUDIES, SIDE);
    // As the network does it, but for the type.
    NDArray images = views.images().toType(DataType.FLOAT64, false);
    ViewFusion.Study study =
        network.fusion().apply(network.radiograph().apply(images).at(views.places()));
    TokenBatch texts =
        TokenBatch.of(scratch, batch.encoderTokens(), network.config().text().maxTokens());
    Representation representation =
        new Representation(study, network.text().map(text -> text.apply(texts, false)));
    Forward forward = Forward.of(scratch, batch, representation, false);
    return ObjectiveList.of(network.config()).stream()
        .map(objective -> loss(objective, objective.on(network), forward))
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private static NDArray loss(Objective objective, Term term, Forward forward) {
    return term instanceof Term.AcrossBatch across
        ? across.loss(across.vectors(forward))
        : ((Term.PerStudy) term).share(forward, objective.count(forward.batch()));
  }

  /** The last view of the first study is its first again. */
  private static float[] images() {
    int size = SIDE * SIDE;
    float[] images = new float[STUDIES * ViewFusion.VIEWS * size];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    System.arraycopy(images, 0, images, 2 * size, size);
    return images;
  }
}
