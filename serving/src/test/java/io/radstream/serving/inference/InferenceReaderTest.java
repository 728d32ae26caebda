package io.radstream.serving.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.score.Capability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceReaderTest {

  private static final int MOST = 1 << 20;

  private final InferenceReader reader = new InferenceReader(MOST);

  @Test
  void shouldReadOneStudyInJson() {
    InferenceRequest request =
        read(
            """
            {"id": "42",
             "inputs": [{"name": "image", "shape": [2], "datatype": "BYTES",
                         "parameters": {"content_type": "base64"}, "data": ["%s", "%s"]}],
             "outputs": [{"name": "probabilities"}]}
            """
                .formatted(base64("front"), base64("side")));

    assertThat(request.id()).hasValue("42");
    assertThat(texts(request)).containsExactly(List.of("front", "side"));
    assertThat(request.outputs())
        .containsExactly(new InferenceRequest.Wanted(Output.PROBABILITIES, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[\"%s\", \"%s\"], [\"%s\", \"\"]]", "[\"%s\", \"%s\", \"%s\", \"\"]"})
  void shouldReadStudiesOfDifferentNumbersOfViews(String data) {
    InferenceRequest request =
        read(json("[2, 2]", data.formatted(base64("a"), base64("b"), base64("c"))));

    assertThat(texts(request)).containsExactly(List.of("a", "b"), List.of("c"));
  }

  @Test
  void shouldReadTensorsBehindTheJson() {
    byte[] tensor = elements("front", "", "other", "side");
    String header =
        """
        {"inputs": [{"name": "image", "shape": [2, 2], "datatype": "BYTES",
                     "parameters": {"binary_data_size": %d}}],
         "outputs": [{"name": "vector", "parameters": {"binary_data": true}},
                     {"name": "finding", "parameters": {"binary_data": false}}]}
        """
            .formatted(tensor.length);

    InferenceRequest request = reader.read(body(header, tensor));

    assertThat(texts(request)).containsExactly(List.of("front"), List.of("other", "side"));
    assertThat(request.outputs())
        .containsExactly(
            new InferenceRequest.Wanted(Output.VECTOR, true),
            new InferenceRequest.Wanted(Output.FINDING, false));
  }

  @Test
  void shouldDecodeBinaryElementsThatSayTheyAreBase64() {
    byte[] tensor = elements(base64("front"));
    String header =
        """
        {"inputs": [{"name": "image", "shape": [1, 1], "datatype": "BYTES",
                     "parameters": {"binary_data_size": %d, "content_type": "base64"}}]}
        """
            .formatted(tensor.length);

    InferenceRequest request = reader.read(body(header, tensor));

    assertThat(texts(request)).containsExactly(List.of("front"));
  }

  @Test
  void shouldTakeABarePictureForAStudyAndAnswerInBytes() {
    InferenceRequest request = reader.read(body("", "picture".getBytes(StandardCharsets.UTF_8)));

    assertThat(texts(request)).containsExactly(List.of("picture"));
    assertThat(request.wanted(Set.of())).isNotEmpty().allMatch(InferenceRequest.Wanted::binary);
  }

  @Test
  void shouldAskForAllThatThereIsWhereNoOutputIsNamed() {
    InferenceRequest request =
        read(
            """
            {"model_name": "radstream", "parameters": {"binary_data_output": true, "mine": 1},
             "inputs": [{"name": "image", "shape": [1], "datatype": "BYTES", "data": ["%s"]}]}
            """
                .formatted(base64("front")));

    assertThat(request.wanted(Set.of(Capability.LABELS)))
        .extracting(wanted -> wanted.output().key())
        .containsExactly(
            "probabilities", "finding", "checkpoint", "raw_probabilities", "familiarity");
    assertThat(request.needed(Set.of(Capability.LABELS))).isEmpty();
    assertThat(request.needed(Set.of(Capability.VECTORS))).containsExactly(Capability.VECTORS);
    assertThat(request.wanted(Set.of())).allMatch(InferenceRequest.Wanted::binary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "GZIP", "identity"})
  void shouldUnpackABody(String encoding) throws IOException {
    byte[] text = json("[1]", "[\"" + base64("front") + "\"]").getBytes(StandardCharsets.UTF_8);

    InferenceRequest request =
        reader.read(
            new InferenceBody(pack(text, encoding), Optional.empty(), Optional.of(encoding)));

    assertThat(texts(request)).containsExactly(List.of("front"));
  }

  @Test
  void shouldUnpackNoMoreThanABodyMayHold() throws IOException {
    byte[] bomb = pack(new byte[MOST + 1], "gzip");

    assertThatThrownBy(
            () -> reader.read(new InferenceBody(bomb, Optional.empty(), Optional.of("gzip"))))
        .isInstanceOf(InvalidInferenceException.class)
        .hasMessageContaining("unpacked");
  }

  @ParameterizedTest
  @CsvSource({"gzip", "deflate", "br", "''"})
  void shouldRefuseABodyThatIsNotPackedAsItSays(String encoding) {
    refused(
        new InferenceBody(
            "{}".getBytes(StandardCharsets.UTF_8), Optional.empty(), Optional.of(encoding)),
        "Content-Encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e3", "99999999999999999999", "1000", "abc", "", "0x1"})
  void shouldRefuseAHeaderLengthThatLies(String length) {
    refused(
        new InferenceBody(
            "{\"inputs\":[]}".getBytes(StandardCharsets.UTF_8),
            Optional.of(length),
            Optional.empty()),
        InferenceBody.HEADER_LENGTH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                | [2]     | shape",
        "[]                | [[1]]   | not what the protocol",
        "[]                | []      | shape",
        "[]                | null    | shape",
        "[]                | [null]  | shape",
        "[\"YQ==\"]        | [0]     | 1 to 16 views",
        "[\"YQ==\"]        | [-1]    | 1 to 16 views",
        "[\"YQ==\"]        | [17]    | 1 to 16 views",
        "[\"YQ==\"]        | [33, 1] | 1 to 32 studies",
        "[\"YQ==\"]        | [9223372036854775807, 2] | 1 to 32 studies",
        "[\"YQ==\"]        | [1e30]  | not what the protocol",
        "[\"YQ==\"]        | [1.5]   | not what the protocol",
        "[\"YQ==\"]        | [1,1,1] | shape",
        "[\"YQ==\"]        | [2]     | does not have its shape",
        "[[\"YQ==\"],[\"YQ==\",\"YQ==\",\"YQ==\"]] | [2, 2] | does not have its shape",
        "[[\"YQ==\"]]      | [1]     | element 1 of 1 is no string",
        "[1]               | [1]     | element 1 of 1 is no string",
        "[\"YQ==\", \"*\"] | [2]     | element 2 of 2 is not base64",
        "[\"YQ==\", \"\"]  | [2, 1]  | study 2 of 2 has no view",
        "[\"\"]            | [1]     | study 1 of 1 has no view",
        "{}                | [1]     | does not have its shape",
        "\"YQ==\"          | [1]     | does not have its shape",
        "null              | [1]     | either data or binary_data_size",
      })
  void shouldRefuseDataOfAnotherShape(String data, String shape, String message) {
    refused(plain(json(shape, data)), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | not what the protocol",
        "null | null",
        "[] | not what the protocol",
        "17 | not what the protocol",
        "{\"inputs\": | not valid JSON",
        "{\"inputs\":[]} {} | not what the protocol",
        "{} | one input",
        "{\"inputs\":null} | one input",
        "{\"inputs\":[null]} | one input",
        "{\"inputs\":{}} | inputs is not what the protocol",
        "{\"inputs\":[{\"name\":\"image\"},{\"name\":\"image\"}]} | one input",
        "{\"inputs\":[{\"name\":\"secret\"}]} | the input is called image",
        "{\"inputs\":[{}]} | the input is called image",
        "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]} | BYTES",
      })
  void shouldRefuseWhatIsNoRequest(String body, String message) {
    refused(plain(body), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"parameters\": [] | must be an object",
        "\"parameters\": {\"binary_data_output\": \"yes\"} | true or false",
        "\"outputs\": [{\"name\": \"secret\"}] | probabilities, finding, checkpoint, vector",
        "\"outputs\": [{}] | probabilities",
        "\"outputs\": [null] | probabilities",
        "\"outputs\": [{\"name\": \"vector\"}, {\"name\": \"vector\"}] | twice",
        "\"outputs\": [{\"name\": \"vector\", \"parameters\": {\"classification\": 3}}] | not ranked",
        "\"outputs\": [{\"name\": \"vector\", \"parameters\": {\"shared_memory_region\": \"x\"}}]"
            + " | no shared memory",
        "\"outputs\": [{\"name\": \"vector\", \"parameters\": {\"binary_data\": 1}}] | true or false",
      })
  void shouldRefuseWhatThereIsNot(String part, String message) {
    String body = json("[1]", "[\"YQ==\"]");

    refused(plain(body.substring(0, body.length() - 1) + ", " + part + "}"), message);
  }

  @Test
  void shouldRefuseAnIdWithoutEnd() {
    String body = json("[1]", "[\"YQ==\"]");

    refused(plain("{\"id\": \"" + "i".repeat(257) + "\"," + body.substring(1)), "id may have");
  }

  @Test
  void shouldRefuseMoreJsonThanARequestNeeds() {
    refused(plain(json("[1]", "[".repeat(2_000))), "not valid JSON, or has more");
    refused(plain(json("[1]", "[" + "0,".repeat(20_000) + "0]")), "not valid JSON, or has more");
  }

  @Test
  void shouldRefuseWhatIsNoText() {
    refused(
        new InferenceBody(new byte[] {0, 0, -1, -1, 9, 9}, Optional.empty(), Optional.empty()),
        "not valid JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "3, element 1 of 2 ends before its length",
    "4, element 1 of 2 ends before its length",
    "6, element 2 of 2 ends before its length",
    "11, element 2 of 2 ends before its length",
    "13, 1 bytes more than elements",
  })
  void shouldRefuseATensorThatIsCutOrGoesOn(int length, String message) {
    // Two elements of two bytes are twelve.
    byte[] tensor = java.util.Arrays.copyOf(elements("ab", "cd"), length);

    refused(body(binary("[2]", length), tensor), message);
  }

  @Test
  void shouldRefuseAnElementLongerThanAllMemory() {
    byte[] tensor = {-1, -1, -1, -1, 0};

    refused(body(binary("[1]", tensor.length), tensor), "element 1 of 1 ends before its length");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 9, Integer.MAX_VALUE})
  void shouldRefuseATensorOfAnotherSizeThanItsSays(int said) {
    refused(body(binary("[1]", said), elements("abcd")), "8 bytes follow the JSON");
  }

  @Test
  void shouldRefuseTensorsThatNothingSpeaksOf() {
    refused(body(json("[1]", "[\"YQ==\"]"), elements("abcd")), "8 bytes follow the JSON");
  }

  @Test
  void shouldRefuseDataInBothPlaces() {
    byte[] tensor = elements("a");
    String header =
        binary("[1]", tensor.length).replace("\"shape\"", "\"data\": [\"YQ==\"], \"shape\"");

    refused(body(header, tensor), "either data or binary_data_size");
  }

  @Test
  void shouldRefuseAnotherContentTypeOfTheData() {
    refused(
        plain(
            json("[1]", "[\"YQ==\"]")
                .replace("\"shape\"", "\"parameters\": {\"content_type\": \"np\"}, \"shape\"")),
        "content_type of image may be base64");
  }

  private void refused(InferenceBody body, String message) {
    assertThatThrownBy(() -> reader.read(body))
        .isInstanceOf(InvalidInferenceException.class)
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("secret", "io.radstream");
  }

  private InferenceRequest read(String json) {
    return reader.read(plain(json));
  }

  private static InferenceBody plain(String json) {
    return new InferenceBody(
        json.getBytes(StandardCharsets.UTF_8), Optional.empty(), Optional.empty());
  }

  private static InferenceBody body(String json, byte[] tensors) {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    byte[] whole =
        ByteBuffer.allocate(header.length + tensors.length).put(header).put(tensors).array();
    return new InferenceBody(whole, Optional.of(Integer.toString(header.length)), Optional.empty());
  }

  private static String json(String shape, String data) {
    return "{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": %s, \"data\": %s}]}"
        .formatted(shape, data);
  }

  private static String binary(String shape, int size) {
    return ("{\"inputs\": [{\"name\": \"image\", \"datatype\": \"BYTES\", \"shape\": %s,"
            + " \"parameters\": {\"binary_data_size\": %d}}]}")
        .formatted(shape, size);
  }

  private static byte[] elements(String... texts) {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
    for (String text : texts) {
      byte[] element = text.getBytes(StandardCharsets.UTF_8);
      bytes.putInt(element.length).put(element);
    }
    return java.util.Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<List<String>> texts(InferenceRequest request) {
    return request.studies().stream()
        .map(StudyViews::received)
        .map(views -> views.stream().map(view -> new String(view, StandardCharsets.UTF_8)).toList())
        .toList();
  }

  private static byte[] pack(byte[] bytes, String encoding) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    OutputStream out =
        switch (encoding) {
          case "gzip", "GZIP" -> new GZIPOutputStream(packed);
          case "deflate" -> new DeflaterOutputStream(packed);
          default -> packed;
        };
    try (out) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
