package io.radstream.serving.receipt;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.radstream.serving.json.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads receipts that anybody may have written: bounded, and strictly. No field is passed over and
 * none is bent to another type, so that what was read is what was signed.
 */
public final class ReceiptReader {

  /** Of a whole answer with a receipt of many partitions. */
  static final int MOST_BYTES = 2 << 20;

  private static final JsonLimits LIMITS = new JsonLimits(200_000, 4096, 256, 32);

  private final JsonMapper json =
      JsonMapper.builder(
              LIMITS.factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> {
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  /**
   * @param file a receipt, or the answer of {@code /v1/score} that holds it
   * @throws InvalidReceiptException where it holds none, or one that this version does not read
   * @throws IOException where it cannot be read
   */
  public GivenReceipt read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in.readNBytes(MOST_BYTES + 1));
    }
  }

  /** The same of a text. */
  public GivenReceipt read(String text) throws InvalidReceiptException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  GivenReceipt read(byte[] text) throws InvalidReceiptException {
    if (text.length > MOST_BYTES) {
      throw new InvalidReceiptException(
          "it is longer than %d bytes, as no receipt is".formatted(MOST_BYTES));
    }
    JsonNode given = tree(text);
    boolean whole = given.has("receipt");
    JsonNode receipt = whole ? given.get("receipt") : given;
    requireFormat(receipt);
    try {
      return new GivenReceipt(
          json.treeToValue(receipt, Receipt.class), whole ? Optional.of(given) : Optional.empty());
    } catch (JsonMappingException e) {
      throw new InvalidReceiptException("it is no receipt: " + reason(e), e);
    } catch (JsonProcessingException e) {
      throw new InvalidReceiptException("it is no receipt", e);
    }
  }

  private JsonNode tree(byte[] text) throws InvalidReceiptException {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InvalidReceiptException("it is no valid JSON" + place(e.getLocation()), e);
    } catch (IOException e) {
      throw new InvalidReceiptException("it is no text in UTF-8", e);
    }
  }

  private static void requireFormat(JsonNode receipt) throws InvalidReceiptException {
    JsonNode format = receipt.path("payload").path("format");
    if (!format.isIntegralNumber() || !format.canConvertToInt()) {
      throw new InvalidReceiptException(
          "it is no receipt: it has no payload with a format. A receipt is what /v1/score answers"
              + " with, asked with ?receipt=true");
    }
    if (format.asInt() != ReceiptPayload.FORMAT) {
      throw new InvalidReceiptException(
          "it is a receipt of format %d, and this version reads format %d only; take the version"
                  .formatted(format.asInt(), ReceiptPayload.FORMAT)
              + " of Radstream that gave it, or a newer one");
    }
  }

  /** Own checks say it best; of what the parser says, where it is. Nothing is quoted. */
  private static String reason(JsonMappingException e) {
    if (e.getCause() instanceof IllegalArgumentException wrong) {
      return wrong.getMessage();
    }
    String path =
        e.getPath().stream()
            .map(at -> at.getFieldName() != null ? at.getFieldName() : "[" + at.getIndex() + "]")
            .collect(Collectors.joining("."))
            .replaceAll("\\p{Cntrl}", " ");
    return path.isEmpty()
        ? "a field is missing or of another type"
        : path + " is missing, not known here, or of another type";
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " that a receipt may be (line %d, column %d)"
            .formatted(location.getLineNr(), location.getColumnNr());
  }
}
