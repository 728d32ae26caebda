package io.radstream.producers.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectAnswerTest {

  private static final String PART = "\r\nContent-Type: application/dicom\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/related; type=\"application/dicom\"; boundary=b",
        "multipart/related;boundary=\"b\";type=application/dicom",
        "Multipart/Related; Boundary=b"
      })
  void shouldTakeTheOneObject(String type) throws Exception {
    byte[] object = read(type, "--b" + PART + "a\r\n--c\r\nz" + "\r\n--b--\r\n");

    assertThat(object).asString().isEqualTo("a\r\n--c\r\nz");
  }

  @Test
  void shouldTakeAnObjectThatComesAlone() throws Exception {
    byte[] object = read("application/dicom; transfer-syntax=1.2", "whole");

    assertThat(object).asString().isEqualTo("whole");
  }

  @Test
  void shouldTakeAnObjectAfterAPreamble() throws Exception {
    byte[] object =
        read(
            "multipart/related; boundary=b",
            "\r\nfor people\r\n--b\r\nContent-Type: application/dicom; transfer-syntax=1.2.840\r\n"
                + "Content-Location: http://archive/"
                + "x".repeat(2_000)
                + "\r\n\r\nwhole\r\n--b--");

    assertThat(object).asString().isEqualTo("whole");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b\r\nContent-Type: application/dicom",
        "--b" + PART,
        "--b" + PART + "half",
        "--b" + PART + "half\r\n--",
        "--b" + PART + "half\r\n--b"
      })
  void shouldNotTakeHalfAnObject(String body) {
    assertThatThrownBy(() -> read("multipart/related; boundary=b", body))
        .isInstanceOf(IOException.class);
  }

  @Test
  void shouldNotTakeSeveralObjects() {
    String body = "--b" + PART + "one\r\n--b" + PART + "two\r\n--b--";

    assertThatThrownBy(() -> read("multipart/related; boundary=b", body))
        .hasMessageContaining("several parts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/html", "application/dicom+json", "multipart/form-data"})
  void shouldNotTakeSomethingElse(String type) {
    assertThatThrownBy(() -> read(type, "--b" + PART + "one\r\n--b--"))
        .hasMessageContaining("no DICOM object");
  }

  @Test
  void shouldNotTakeAPartThatIsSomethingElse() {
    String body = "--b\r\ncontent-type: application/octet-stream\r\n\r\none\r\n--b--";

    assertThatThrownBy(() -> read("multipart/related; boundary=b", body))
        .hasMessageContaining("no DICOM object");
  }

  @Test
  void shouldNotReadEndlessHeaders() {
    String body = "--b\r\n" + "X-More: y\r\n".repeat(10_000) + "\r\none\r\n--b--";

    assertThatThrownBy(() -> read("multipart/related; boundary=b", body))
        .isInstanceOf(IOException.class);
  }

  @Test
  void shouldNotGuessWhatPartsAnAnswer() {
    assertThatThrownBy(() -> read("multipart/related", "--b" + PART + "one\r\n--b--"))
        .hasMessageContaining("what parts it");
  }

  private static byte[] read(String type, String body) throws IOException {
    return ObjectAnswer.read(
        type, new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
