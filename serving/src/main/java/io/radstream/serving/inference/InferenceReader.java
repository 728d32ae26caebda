package io.radstream.serving.inference;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.inference.InferenceRequest.Wanted;
import io.radstream.serving.json.JsonLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads requests for inference: JSON, with tensors behind it or within it, or one bare picture.
 * Thread-safe.
 */
public final class InferenceReader {

  static final String INPUT = "image";
  static final String BINARY_SIZE = "binary_data_size";

  private static final String BYTES = "BYTES";
  private static final String BASE64 = "base64";
  private static final int LONGEST_ID = 256;

  /** Of JSON; enough for the largest tensor, however it is written. */
  private static final int MOST_TOKENS = 10_000;

  private final long maxBodyBytes;
  private final ObjectMapper json;

  /**
   * @param maxBodyBytes of a body as it was packed, and of a string in it
   */
  public InferenceReader(long maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
    JsonLimits limits = new JsonLimits(MOST_TOKENS, Math.toIntExact(maxBodyBytes));
    this.json =
        new ObjectMapper(limits.factory().build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * @throws InvalidInferenceException where the request is not as the protocol has it, or asks for
   *     what there is not
   */
  public InferenceRequest read(InferenceBody body) {
    BodyParts parts = BodyParts.of(body, maxBodyBytes);
    return parts
        .json()
        .map(text -> request(form(text), parts.tensors()))
        .orElseGet(() -> bare(parts.tensors()));
  }

  /** One study of one view, and nothing said about it; answered with bytes. */
  private static InferenceRequest bare(ByteBuffer picture) {
    if (!picture.hasRemaining()) {
      throw new InvalidInferenceException("the request has no body");
    }
    byte[] view = new byte[picture.remaining()];
    picture.get(view);
    StudyViews study = new StudyViews(Optional.empty(), List.of(view));
    return new InferenceRequest(Optional.empty(), List.of(study), List.of(), true);
  }

  private static InferenceRequest request(RequestForm form, ByteBuffer tensors) {
    if (form.id() != null && form.id().length() > LONGEST_ID) {
      throw new InvalidInferenceException(
          "id may have at most %d characters".formatted(LONGEST_ID));
    }
    boolean binary =
        new Parameters("the request", form.parameters()).flag("binary_data_output").orElse(false);
    return new InferenceRequest(
        Optional.ofNullable(form.id()),
        studies(input(form.inputs()), tensors),
        outputs(form.outputs(), binary),
        binary);
  }

  private static RequestForm.Input input(List<RequestForm.Input> inputs) {
    if (inputs == null || inputs.size() != 1 || inputs.get(0) == null) {
      throw new InvalidInferenceException("a request has one input, " + INPUT);
    }
    RequestForm.Input input = inputs.get(0);
    if (!INPUT.equals(input.name())) {
      throw new InvalidInferenceException("the input is called " + INPUT);
    }
    if (!BYTES.equals(input.datatype())) {
      throw new InvalidInferenceException(
          "the datatype of image is BYTES: whole PNG or JPEG files, one an element");
    }
    return input;
  }

  private static List<StudyViews> studies(RequestForm.Input input, ByteBuffer tensors) {
    ImageShape shape = ImageShape.of(input.shape());
    Parameters parameters = new Parameters(INPUT, input.parameters());
    Optional<Long> size = parameters.size(BINARY_SIZE);
    boolean inJson = input.data() != null && !input.data().isNull();
    if (size.isPresent() == inJson) {
      throw new InvalidInferenceException("image needs either data or " + BINARY_SIZE);
    }
    if (size.orElse(0L) != tensors.remaining()) {
      throw new InvalidInferenceException(
          "%s of image is %d, and %d bytes follow the JSON; %s must be its length"
              .formatted(
                  BINARY_SIZE, size.orElse(0L), tensors.remaining(), InferenceBody.HEADER_LENGTH));
    }
    boolean base64 = parameters.text("content_type").map(InferenceReader::isBase64).orElse(false);
    return inJson
        ? ImageTensor.json(shape, input.data())
        : ImageTensor.binary(shape, tensors, base64);
  }

  private static boolean isBase64(String contentType) {
    if (!BASE64.equals(contentType)) {
      throw new InvalidInferenceException(
          "content_type of image may be %s, or absent".formatted(BASE64));
    }
    return true;
  }

  private static List<Wanted> outputs(List<RequestForm.Requested> requested, boolean binary) {
    if (requested == null) {
      return List.of();
    }
    Set<Output> seen = new HashSet<>();
    return requested.stream()
        .map(
            one -> {
              Output output = output(one);
              if (!seen.add(output)) {
                throw new InvalidInferenceException(
                    "output " + output.key() + " is asked for twice");
              }
              Parameters parameters = new Parameters(output.key(), one.parameters());
              return new Wanted(output, parameters.flag("binary_data").orElse(binary));
            })
        .toList();
  }

  private static Output output(RequestForm.Requested requested) {
    return Optional.ofNullable(requested)
        .flatMap(one -> Output.of(one.name()))
        .orElseThrow(() -> new InvalidInferenceException("there are the outputs " + Output.keys()));
  }

  private RequestForm form(ByteBuffer text) {
    try {
      RequestForm form =
          json.readValue(
              text.array(),
              text.arrayOffset() + text.position(),
              text.remaining(),
              RequestForm.class);
      if (form == null) {
        throw new InvalidInferenceException("the request is null");
      }
      return form;
    } catch (MismatchedInputException e) {
      throw new InvalidInferenceException(
          place(e)
              + " is not what the protocol has there; GET /v2/models/{name} tells the tensors");
    } catch (IOException e) {
      // Not all that Jackson throws at bytes that are no text is its own.
      throw new InvalidInferenceException(
          "the request is not valid JSON, or has more of it than a request needs");
    }
  }

  private static String place(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                at ->
                    at.getFieldName() != null ? "." + at.getFieldName() : "[" + at.getIndex() + "]")
            .collect(Collectors.joining());
    return path.isEmpty() ? "the body" : path.substring(1);
  }
}
