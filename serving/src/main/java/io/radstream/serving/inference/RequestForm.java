package io.radstream.serving.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The JSON of a request. What the protocol may yet add, and we do not know, is passed over. */
record RequestForm(String id, JsonNode parameters, List<Input> inputs, List<Requested> outputs) {

  record Input(
      String name, List<Long> shape, String datatype, JsonNode parameters, JsonNode data) {}

  record Requested(String name, JsonNode parameters) {}
}
