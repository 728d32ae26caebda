package io.radstream.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import io.radstream.model.network.RefersNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Maps of small networks against those of an independent program in PyTorch; {@code
 * benchmarks/reference/README.md} tells how they are made.
 */
class ReferenceMapsTest {

  private static final double TOLERANCE = 1e-4;
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  /** The second study's third view repeats its first. */
  @ParameterizedTest
  @CsvSource({
    "paper, 0, GRADIENT",
    "paper, 0, ATTENTION",
    "paper, 0, ACTIVATION",
    "paper, 1, GRADIENT",
    "paper, 1, ATTENTION",
    "paper, 1, ACTIVATION",
    "released, 0, GRADIENT",
    "released, 0, ATTENTION",
    "released, 1, GRADIENT",
    "released, 1, ATTENTION"
  })
  void shouldGiveTheMapsOfTheReference(String variant, int study, MapKind kind) throws IOException {
    JsonNode reference = read(variant);
    JsonNode expected = read("maps").get(variant).get(study);
    try (NDManager manager = ComputeDevice.cpu().newManager()) {
      Explainer explainer = new Explainer(network(reference, manager));

      StudyMaps maps = explainer.explain(manager, images(reference, study), score(reference), kind);

      assertThat(maps.logOdds()).isCloseTo(expected.get("score").asDouble(), within(TOLERANCE));
      for (int view = 0; view < maps.views().size(); view++) {
        assertThat(maps.views().get(view).values())
            .containsExactly(
                floats(expected.get(kind.name()).get(view)), within((float) TOLERANCE));
      }
    }
  }

  private static RefersNetwork network(JsonNode reference, NDManager manager) throws IOException {
    ModelConfig config = JSON.treeToValue(reference.at("/config/model"), ModelConfig.class);
    JsonNode weights = reference.get("weights");
    return RefersNetwork.of(
        manager,
        config,
        EnumSet.of(NetworkPart.RADIOGRAPH, NetworkPart.FUSION),
        (name, shape, kind) ->
            manager.create(
                floats(weights.get(name).get("values")),
                new Shape(
                    StreamSupport.stream(weights.get(name).get("shape").spliterator(), false)
                        .mapToLong(JsonNode::longValue)
                        .toArray())),
        new Arithmetic.Plain());
  }

  private static float[] images(JsonNode reference, int study) {
    JsonNode images = reference.at("/batches/0/images");
    float[] all = floats(images.get("values"));
    int length = all.length / images.at("/shape/0").intValue();
    return Arrays.copyOfRange(all, study * length, (study + 1) * length);
  }

  /** What the first report is alike. */
  private static ExplainedScore score(JsonNode reference) {
    JsonNode reports = reference.at("/expected/report_vectors");
    float[] all = floats(reports.get("values"));
    return new ExplainedScore.Stated(
        Arrays.copyOf(all, all.length / reports.at("/shape/0").intValue()),
        reference.at("/config/model/objectives/temperature").asDouble());
  }

  private static float[] floats(JsonNode values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in =
        ReferenceMapsTest.class.getResourceAsStream("/reference/" + name + ".json")) {
      return JSON.readTree(in);
    }
  }
}
