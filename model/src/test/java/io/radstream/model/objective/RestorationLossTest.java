package io.radstream.model.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.Float64Fixture;
import io.radstream.model.GradientCheck;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Activation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.PatchPositions;
import io.radstream.model.config.ModelConfig.Radiograph;
import io.radstream.model.config.ModelConfig.Recurrence;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.ImageEncoder;
import io.radstream.model.network.PixelDecoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.WordClassifier;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestorationLossTest {

  private static final int SIDE = 4;
  private static final int STUDIES = 2;
  private static final int PICTURES = 3 * STUDIES;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static ModelConfig config(Recurrence recurrence) {
    ModelConfig base = SmallNetworks.paper(0);
    return new ModelConfig(
        new Radiograph(
            SIDE, 2, 4, 2, 2, 6, Activation.GELU, PatchPositions.CONCATENATED, recurrence),
        base.fusion(),
        base.report(),
        base.text(),
        base.objectives(),
        base.findings());
  }

  private static RefersNetwork network(Float64Fixture fixture, Recurrence recurrence) {
    return RefersNetwork.of(
        fixture.manager(),
        config(recurrence),
        EnumSet.of(NetworkPart.RADIOGRAPH, NetworkPart.FUSION),
        fixture.source(),
        new Arithmetic.Plain());
  }

  @Test
  void shouldBeTheMeanSquareOverPixelsViewsAndStudies() {
    try (Float64Fixture fixture = new Float64Fixture(1)) {
      NDArray restored = fixture.input("restored", PICTURES, SIDE, SIDE);
      NDArray wanted = fixture.input("wanted", PICTURES, SIDE, SIDE);

      double loss = RestorationObjective.share(restored, wanted, STUDIES).getDouble();

      double[] one = restored.toDoubleArray();
      double[] other = wanted.toDoubleArray();
      double sum =
          IntStream.range(0, one.length).mapToDouble(i -> Math.pow(one[i] - other[i], 2)).sum();
      assertThat(loss).isCloseTo(sum / one.length, within(1e-12));
    }
  }

  /** Those of the fusion, which is not asked, and of what all keys have in common are flat. */
  @ParameterizedTest
  @EnumSource
  void shouldHaveTheGradientsOfFiniteDifferencesInEveryWeight(Recurrence recurrence) {
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network = network(fixture, recurrence);
      PixelDecoder decoder = PixelDecoder.of(network, "restoring");
      NDArray spoiled = fixture.input("spoiled", PICTURES, SIDE, SIDE);
      NDArray wanted = fixture.input("wanted", PICTURES, SIDE, SIDE);
      GradientCheck check =
          new GradientCheck(
              Float64Fixture.values(network.weights()),
              scratch -> loss(network, decoder, spoiled, wanted, scratch));

      GradientCheck.Result result = check.run(2, 1);

      assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
      assertThat(result.flat())
          .allMatch(name -> name.startsWith("view_fusion.") || name.endsWith("key.bias"));
    }
  }

  private static NDArray loss(
      RefersNetwork network,
      PixelDecoder decoder,
      NDArray spoiled,
      NDArray wanted,
      NDManager scratch) {
    NDArray given = spoiled.duplicate();
    given.attach(scratch);
    NDArray restored = decoder.apply(network.radiograph().apply(given));
    return RestorationObjective.share(restored, wanted, STUDIES);
  }

  private static final int[][] WORDS = {{1, -1, 0}, {-1, 2, 2}};

  @Test
  void shouldTellAndRestoreTheWordsThatThereAre() {
    try (Float64Fixture fixture = new Float64Fixture(1)) {
      NDArray restored = fixture.input("restored", PICTURES, SIDE, SIDE);
      NDArray wanted = fixture.input("wanted", PICTURES, SIDE, SIDE);
      NDArray logits = fixture.input("logits", PICTURES, 3);

      double loss = WordsObjective.share(restored, wanted, logits, WORDS, 4).getDouble();

      double sum = 0;
      for (int i = 0; i < PICTURES; i++) {
        int word = WORDS[i / 3][i % 3];
        if (word >= 0) {
          double[] row = logits.get(i).toDoubleArray();
          double all = Arrays.stream(row).map(Math::exp).sum();
          double square = restored.get(i).sub(wanted.get(i)).square().mean().toDoubleArray()[0];
          sum += square - 0.16 * Math.log(Math.exp(row[word]) / all);
        }
      }
      assertThat(loss).isCloseTo(sum / 4, within(1e-6));
    }
  }

  @Test
  void shouldHaveTheGradientsOfFiniteDifferencesForWords() {
    try (Float64Fixture fixture = new Float64Fixture(3)) {
      RefersNetwork network = network(fixture, Recurrence.CONCATENATED);
      PixelDecoder decoder = PixelDecoder.of(network, "restoring");
      WordClassifier head = WordClassifier.of(network, "telling", 3);
      NDArray spoiled = fixture.input("spoiled", PICTURES, SIDE, SIDE);
      NDArray wanted = fixture.input("wanted", PICTURES, SIDE, SIDE);
      GradientCheck check =
          new GradientCheck(
              Float64Fixture.values(network.weights()),
              scratch -> {
                NDArray given = spoiled.duplicate();
                given.attach(scratch);
                ImageEncoder.Output seen = network.radiograph().apply(given);
                NDArray logits = head.apply(seen);
                return WordsObjective.share(decoder.apply(seen), wanted, logits, WORDS, 4);
              });

      GradientCheck.Result result = check.run(2, 1);

      assertThat(result.worst()).as(result.where()).isLessThan(GradientCheck.LIMIT);
      assertThat(result.flat())
          .allMatch(name -> name.startsWith("view_fusion.") || name.endsWith("key.bias"));
    }
  }

  @Test
  void shouldPutThePixelsOfAPlaceWhereTheEncoderSawThem() {
    try (Float64Fixture fixture = new Float64Fixture(1);
        NDManager scratch = fixture.manager().newSubManager()) {
      Arithmetic plain = new Arithmetic.Plain();
      // Gives the four numbers that a place has as the place's pixels.
      Linear same = new Linear(scratch.eye(4), scratch.zeros(new Shape(4)), plain);
      PixelDecoder decoder = new PixelDecoder(same, same, 2, SIDE);
      NDArray places = scratch.arange(16f).reshape(1, 4, 4);

      NDArray picture = decoder.apply(new ImageEncoder.Output(places.get(":, 0"), places));

      assertThat(picture.getShape()).isEqualTo(new Shape(1, SIDE, SIDE));
      assertThat(picture.toFloatArray())
          .containsExactly(0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15);
    }
  }
}
