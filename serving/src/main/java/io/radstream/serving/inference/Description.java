package io.radstream.serving.inference;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.radstream.serving.score.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the protocol's clients are told of the service and its models, as JSON. */
public final class Description {

  private static final String PLATFORM = "radstream_pytorch";

  /** Answers {@code GET /v2}. */
  public record Server(String name, String version, List<String> extensions) {}

  /** A tensor; -1 is any size. */
  public record TensorShape(String name, String datatype, List<Integer> shape) {}

  /**
   * Answers {@code GET /v2/models/{model}}.
   *
   * @param versions ids of the checkpoints that can be asked for
   */
  public record Model(
      String name,
      List<String> versions,
      String platform,
      List<TensorShape> inputs,
      List<TensorShape> outputs) {}

  /** A tensor as Triton's clients have it; -1 is any size. */
  public record TensorConfig(
      String name, @JsonProperty("data_type") String dataType, List<Integer> dims) {}

  /** Answers {@code GET /v2/models/{model}/config}: that much of Triton's form as is true here. */
  public record Config(
      String name,
      String platform,
      @JsonProperty("max_batch_size") int maxBatchSize,
      List<TensorConfig> input,
      List<TensorConfig> output) {}

  /** A line of the answer to {@code POST /v2/repository/index}. */
  public record Indexed(String name, String version, String state, String reason) {}

  private Description() {}

  public static Server server() {
    return new Server(
        "radstream",
        Optional.ofNullable(Description.class.getPackage().getImplementationVersion())
            .orElse("development"),
        List.of("binary_tensor_data", "model_configuration", "model_repository"));
  }

  /**
   * @param can what the network can do that answers
   */
  public static Model model(String name, List<String> versions, Set<Capability> can) {
    return new Model(
        name,
        versions,
        PLATFORM,
        List.of(new TensorShape(InferenceReader.INPUT, "BYTES", List.of(-1, -1))),
        Output.offered(can).stream()
            .map(
                output ->
                    new TensorShape(
                        output.key(), output.isText() ? "BYTES" : "FP32", output.shape()))
            .toList());
  }

  /**
   * @param can what the network can do that answers
   */
  public static Config config(String name, Set<Capability> can) {
    // FINDING has no row for each study, so that Triton's kind of batch does not exist here.
    return new Config(
        name,
        PLATFORM,
        0,
        List.of(new TensorConfig(InferenceReader.INPUT, "TYPE_STRING", List.of(-1, -1))),
        Output.offered(can).stream()
            .map(
                output ->
                    new TensorConfig(
                        output.key(),
                        output.isText() ? "TYPE_STRING" : "TYPE_FP32",
                        output.shape()))
            .toList());
  }
}
