package io.radstream.serving.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptReaderTest {

  private final ReceiptReader reader = new ReceiptReader();
  private final Receipt receipt = SampleReceipt.signed();

  @Test
  void shouldReadAReceiptAndTheAnswerAroundIt() throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("studyId", "S-17").set("receipt", SampleReceipt.tree(receipt));

    GivenReceipt alone = reader.read(SampleReceipt.text(SampleReceipt.tree(receipt)));
    GivenReceipt whole = reader.read(SampleReceipt.text(answer));

    assertThat(alone.receipt()).isEqualTo(receipt);
    assertThat(alone.answer()).isEmpty();
    assertThat(whole.receipt()).isEqualTo(receipt);
    assertThat(whole.answer()).isPresent();
  }

  @Test
  void shouldReadAFile(@TempDir Path folder) throws IOException {
    Path file =
        Files.write(
            folder.resolve("receipt.json"), SampleReceipt.text(SampleReceipt.tree(receipt)));

    GivenReceipt given = reader.read(file);

    assertThat(given.receipt()).isEqualTo(receipt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "17",
        "\"text\"",
        "{}",
        "{\"receipt\": null}",
        "{\"receipt\": []}",
        "{\"payload\": {}}",
        "{\"payload\": {\"format\": \"1\"}}",
        "{\"payload\": {\"format\": 1.5}}",
        "{\"payload\": {\"format\": 1e999}}",
        "{\"payload\": {\"format\": NaN}}",
        "{\"payload\": {\"format\": 2}}",
        "{\"payload\": {\"format\": 2}, \"payload\": {\"format\": 2}}",
        "{\"payload\": {\"format\": 2}} {}",
        "{\"payload\": {\"format\": 2",
        "\u0000",
      })
  void shouldRefuseWhatIsNoReceipt(String text) {
    assertThatThrownBy(() -> reader.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidReceiptException.class)
        .hasMessageStartingWith("it is no ");
  }

  @Test
  void shouldRefuseAnotherFormat() {
    byte[] text = SampleReceipt.text("{\"payload\": {\"format\": 7, \"weather\": \"fine\"}}");

    assertThatThrownBy(() -> reader.read(text))
        .isInstanceOf(InvalidReceiptException.class)
        .hasMessageContaining("of format 7, and this version reads format 2 only");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"step\":2 | \"step\":\"2\"",
        "\"step\":2 | \"step\":2.5",
        "\"step\":2 | \"step\":-1",
        "\"step\":2 | \"step\":9007199254740993",
        "\"step\":2 | \"step\":2,\"step\":3",
        "\"step\":2 | \"step\":null",
        "\"step\":2 | \"step\":2,\"unknown\":0",
        "\"step\":2, | ''",
        "\"line\":\"tiny\" | \"line\":\"../../etc\"",
        "\"line\":\"tiny\" | \"line\":7",
        "\"line\":\"tiny\" | \"line\":null",
        "\"model.safetensors\" | \"../passwd\"",
        "\"probability\": | \"probability\":1",
        "\"by\":\"prompts\" | \"by\":\"luck\"",
        "\"used\":[0,1,1] | \"used\":[0,1,2]",
        "\"used\":[0,1,1] | \"used\":[0,1]",
        "\"used\":[0,1,1] | \"used\":[0,1,null]",
        "\"used\":[0,1,1] | \"used\":{}",
        "\"threads\":2 | \"threads\":100000",
        "\"precision\":\"FLOAT32\" | \"precision\":\"FLOAT8\"",
        "\"calibration\":null | \"calibration\":\"yes\"",
        "1970-01-01T00:00:00Z | yesterday",
        "\"runId\":\"tiny | \"runId\":\"\\u001b[2Jtiny",
        "\"keyId\" | \"key\""
      })
  void shouldRefuseFieldsThatAreNotAsTheyShould(String field, String instead) {
    String text = SampleReceipt.tree(receipt).toString();
    assertThat(text).contains(field);

    assertThatThrownBy(() -> reader.read(SampleReceipt.text(text.replace(field, instead))))
        .isInstanceOf(InvalidReceiptException.class)
        .hasMessageStartingWith("it is no ")
        .hasMessageNotContainingAny("io.radstream", "\u001b");
  }

  @Test
  void shouldRefuseWhatIsHuge() {
    byte[] text = new byte[ReceiptReader.MOST_BYTES + 1];

    assertThatThrownBy(() -> reader.read(text))
        .isInstanceOf(InvalidReceiptException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void shouldRefuseWhatIsDeep() {
    byte[] text = SampleReceipt.text("[".repeat(ReceiptReader.MOST_BYTES));

    assertThatThrownBy(() -> reader.read(text)).isInstanceOf(InvalidReceiptException.class);
  }
}
