package io.radstream.serving.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.serving.inference.InferenceRequest.Wanted;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The body that answers a request.
 *
 * @param headerLength how many bytes of it are JSON; empty where all are
 */
@SuppressWarnings("ArrayRecordComponent") // written out once, never compared
public record InferenceAnswer(byte[] bytes, OptionalInt headerLength) {

  private static final ObjectMapper JSON = new ObjectMapper();

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Answer(
      @JsonProperty("model_name") String modelName,
      @JsonProperty("model_version") String modelVersion,
      String id,
      Map<String, String> parameters,
      List<Written> outputs) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Written(
      String name,
      List<Long> shape,
      String datatype,
      Map<String, Integer> parameters,
      Object data) {}

  /**
   * @param wanted what is answered with, in this order
   */
  static InferenceAnswer of(
      String modelName, InferenceRequest request, List<Wanted> wanted, ScoredStudies scored) {
    ByteArrayOutputStream behind = new ByteArrayOutputStream();
    List<Written> outputs =
        wanted.stream()
            .map(one -> written(scored.tensor(one.output()), one.binary(), behind))
            .toList();
    byte[] json =
        json(
            new Answer(
                modelName,
                scored.version(),
                request.id().orElse(null),
                Optional.ofNullable(scored.calibration())
                    .map(file -> Map.of("calibration", file))
                    .orElse(null),
                outputs));
    if (wanted.stream().noneMatch(Wanted::binary)) {
      return new InferenceAnswer(json, OptionalInt.empty());
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream(json.length + behind.size());
    whole.writeBytes(json);
    whole.writeBytes(behind.toByteArray());
    return new InferenceAnswer(whole.toByteArray(), OptionalInt.of(json.length));
  }

  private static Written written(Tensor tensor, boolean binary, ByteArrayOutputStream behind) {
    if (!binary) {
      return new Written(tensor.name(), tensor.shape(), tensor.datatype(), null, tensor.values());
    }
    byte[] bytes = tensor.bytes();
    behind.writeBytes(bytes);
    return new Written(
        tensor.name(),
        tensor.shape(),
        tensor.datatype(),
        Map.of(InferenceReader.BINARY_SIZE, bytes.length),
        null);
  }

  private static byte[] json(Answer answer) {
    try {
      return JSON.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that cannot be written as JSON", e);
    }
  }
}
