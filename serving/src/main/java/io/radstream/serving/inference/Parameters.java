package io.radstream.serving.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Named values of a request, an input or an output.
 *
 * @param of where they stand, for messages
 */
record Parameters(String of, JsonNode values) {

  private static final String SHARED_MEMORY = "shared_memory_region";
  private static final String CLASSIFICATION = "classification";

  Parameters {
    if (values != null && !values.isNull() && !values.isObject()) {
      throw new InvalidInferenceException("parameters of " + of + " must be an object");
    }
    if (values != null && values.has(SHARED_MEMORY)) {
      throw new InvalidInferenceException(
          of + ": there is no shared memory here; send the data in the request");
    }
    if (values != null && values.has(CLASSIFICATION)) {
      throw new InvalidInferenceException(
          of + ": outputs are not ranked here; ask for probabilities and finding");
    }
  }

  /** Empty where it is absent. */
  Optional<Boolean> flag(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(name, "true or false");
              }
              return value.booleanValue();
            });
  }

  /** Empty where it is absent. */
  Optional<Long> size(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
                throw wrong(name, "a number of bytes");
              }
              return value.longValue();
            });
  }

  /** Empty where it is absent. */
  Optional<String> text(String name) {
    return find(name)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrong(name, "a string");
              }
              return value.textValue();
            });
  }

  private Optional<JsonNode> find(String name) {
    return Optional.ofNullable(values).map(all -> all.get(name)).filter(value -> !value.isNull());
  }

  private InvalidInferenceException wrong(String name, String expected) {
    return new InvalidInferenceException(
        "parameter %s of %s must be %s".formatted(name, of, expected));
  }
}
