package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.network.StudyBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A network of a few thousand weights against numbers of an independent program in PyTorch; {@code
 * benchmarks/reference/README.md} tells how they are made.
 */
final class ReferenceVectorsTest {

  private static final double ONCE = 1e-5;
  private static final double AFTER_STEPS = 1e-4;
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "released"})
  void shouldComputeWhatTheReferenceComputes(String variant) throws IOException {
    JsonNode reference = read(variant);
    try (NDManager manager = ComputeDevice.best().newManager()) {
      Map<String, NDArray> ours = run(reference, manager).run(manager);

      JsonNode expected = reference.get("expected");
      for (String name : List.of("aggregated", "patches", "study_vectors", "report_vectors")) {
        assertClose(name, ours.get(name).toFloatArray(), expected.get(name), ONCE);
      }
      assertLogits(ours.get("logits"), expected.get("logits"));
      for (String name : List.of("contrastive", "language", "loss")) {
        float[] theirs = {expected.get(name).floatValue()};
        float[] found = {(float) ours.get(name).getDouble()};
        assertClose(name, found, theirs, norm(theirs), ONCE);
      }
      assertGradients(ours, expected.get("gradients"));
      assertClose(
          "losses",
          ours.get("losses").toType(DataType.FLOAT32, false).toFloatArray(),
          floats(expected.get("losses")),
          AFTER_STEPS);
      expected
          .get("after")
          .properties()
          .forEach(
              after ->
                  assertClose(
                      after.getKey(),
                      ours.get("after." + after.getKey()).toFloatArray(),
                      after.getValue(),
                      AFTER_STEPS));
    }
  }

  /** Each study's rows as far as its report goes. */
  private static void assertLogits(NDArray ours, JsonNode expected) {
    for (int study = 0; study < expected.size(); study++) {
      long tokens = expected.get(study).get("shape").get(0).longValue();
      float[] rows = ours.get(study + ", 0:" + tokens).toFloatArray();
      assertClose("logits of study " + study, rows, expected.get(study), ONCE);
    }
  }

  /**
   * A key's bias has no gradient but for rounding: softmax does not see what is the same for all
   * keys. It is measured against the whole gradient.
   */
  private static void assertGradients(Map<String, NDArray> ours, JsonNode expected) {
    double square = 0;
    for (Map.Entry<String, JsonNode> gradient : expected.properties()) {
      square += Math.pow(norm(floats(gradient.getValue().get("values"))), 2);
    }
    double whole = Math.sqrt(square);
    for (Map.Entry<String, JsonNode> gradient : expected.properties()) {
      String name = gradient.getKey();
      float[] theirs = floats(gradient.getValue().get("values"));
      double scale = name.endsWith("key.bias") ? whole : norm(theirs);
      float[] found = ours.get("gradient." + name).toFloatArray();
      assertClose("gradient of " + name, found, theirs, scale, ONCE);
    }
    assertThat(ours.keySet().stream().filter(name -> name.startsWith("gradient.")))
        .hasSameSizeAs(expected);
  }

  private static void assertClose(String name, float[] ours, JsonNode theirs, double limit) {
    assertClose(name, ours, floats(theirs.get("values")), limit);
  }

  private static void assertClose(String name, float[] ours, float[] theirs, double limit) {
    assertClose(name, ours, theirs, norm(theirs), limit);
  }

  private static void assertClose(
      String name, float[] ours, float[] theirs, double scale, double limit) {
    assertThat(ours).as(name).hasSameSizeAs(theirs);
    float[] difference = new float[ours.length];
    for (int i = 0; i < ours.length; i++) {
      difference[i] = ours[i] - theirs[i];
    }
    assertThat(norm(difference) / scale).as(name).isLessThanOrEqualTo(limit);
  }

  private static double norm(float[] values) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    return Math.sqrt(square);
  }

  private static ReferenceRun run(JsonNode reference, NDManager manager) throws IOException {
    JsonNode config = reference.get("config");
    JsonNode weights = reference.get("weights");
    List<StudyBatch> batches = new ArrayList<>();
    reference.get("batches").forEach(batch -> batches.add(batch(batch)));
    return new ReferenceRun(
        JSON.treeToValue(config.get("model"), ModelConfig.class),
        JSON.treeToValue(config.get("optimizer"), OptimizerConfig.class),
        JSON.treeToValue(config.get("rates"), LearningRates.class),
        config.get("steps").intValue(),
        batches,
        (name, shape, kind) ->
            manager.create(floats(weights.get(name).get("values")), shape(weights.get(name))));
  }

  private static StudyBatch batch(JsonNode batch) {
    int[][] tokens = rows(batch.get("tokens"));
    return new StudyBatch(
        floats(batch.get("images").get("values")),
        tokens,
        rows(batch.get("encoder_tokens")),
        new float[tokens.length][0]);
  }

  private static Shape shape(JsonNode tensor) {
    return new Shape(
        StreamSupport.stream(tensor.get("shape").spliterator(), false)
            .mapToLong(JsonNode::longValue)
            .toArray());
  }

  private static int[][] rows(JsonNode rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> IntStream.range(0, row.size()).map(i -> row.get(i).intValue()).toArray())
        .toArray(int[][]::new);
  }

  private static float[] floats(JsonNode values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  private static JsonNode read(String variant) throws IOException {
    try (InputStream in =
        ReferenceVectorsTest.class.getResourceAsStream("/reference/" + variant + ".json")) {
      return JSON.readTree(in);
    }
  }
}
