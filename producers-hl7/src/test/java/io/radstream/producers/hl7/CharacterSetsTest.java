package io.radstream.producers.hl7;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterSetsTest {

  private final RecordingSink sink = RecordingSink.atOnce();
  private Listening listening;

  @BeforeEach
  void listen() {
    listening = Listening.with(sink);
  }

  @AfterEach
  void stop() {
    listening.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ASCII, US-ASCII, Plain text",
    "8859/1, ISO-8859-1, Épanchement",
    "8859/1, windows-1252, “Épanchement”",
    "ISO IR100, ISO-8859-1, Épanchement",
    "8859/2, ISO-8859-2, Płuca",
    "8859/5, ISO-8859-5, Лёгкие",
    "8859/7, ISO-8859-7, Πνεύμονες",
    "8859/9, ISO-8859-9, Akciğer",
    "8859/15, ISO-8859-15, Œdème",
    "UNICODE UTF-8, UTF-8, 両肺 Лёгкие",
    "UNICODE, UTF-8, 両肺",
    "utf-8, UTF-8, 両肺",
    "~ISO IR87, ISO-2022-JP, 両肺に浸潤影なし",
    "ASCII~ISO IR87, ISO-2022-JP, 両肺に浸潤影なし",
    "GB 18030-2000, GB18030, 双肺清晰",
    "KS X 1001, EUC-KR, 폐",
    "BIG-5, Big5, 雙肺"
  })
  void shouldReadTextInTheCharacterSetOfTheMessage(String declared, String charset, String text)
      throws Exception {
    String answer = listening.send(declaring(declared, text).getBytes(Charset.forName(charset)));

    assertThat(answer).contains("MSA|AA|C1").contains("||||||" + declared + "\r");
    assertThat(sink.onlyReport().getText()).isEqualTo(text);
  }

  @Test
  void shouldTakeUndeclaredTextForUnicodeOrLatin() throws Exception {
    listening.send(declaring("", "Épanchement").getBytes(UTF_8));
    listening.send(declaring("", "Œdème").replace("FILL1", "FILL2").getBytes(UTF_8));
    listening.send(declaring("", "Été").replace("FILL1", "FILL3").getBytes(ISO_8859_1));

    assertThat(sink.found())
        .extracting(it -> it.part().report().orElseThrow().getText())
        .containsExactly("Épanchement", "Œdème", "Été");
  }

  @Test
  void shouldTakeUndeclaredTextAsTheSiteSays() throws Exception {
    Charset cyrillic = Charset.forName("windows-1251");
    try (Listening other = Listening.with(sink, cyrillic)) {
      other.send(declaring("", "Лёгкие").getBytes(cyrillic));
    }

    assertThat(sink.onlyReport().getText()).isEqualTo("Лёгкие");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ASCII", "UNICODE UTF-8", "8859/99", "no such", "?"})
  void shouldRefuseTextThatIsNotInItsCharacterSet(String declared) throws Exception {
    String answer = listening.send(declaring(declared, "Épanchement").getBytes(ISO_8859_1));

    assertThat(answer).contains("MSA|AR|C1|").contains("correct MSH-18");
    assertThat(sink.items()).isEmpty();
  }

  @Test
  void shouldRefuseUndeclaredTextThatIsNeitherUnicodeNorLatin() throws Exception {
    String answer =
        listening.send(declaring("", "“Été”").getBytes(Charset.forName("windows-1252")));

    assertThat(answer).contains("MSA|AR|C1|the message declares no character set");
  }

  @Test
  void shouldPassOverAByteOrderMark() throws Exception {
    String answer = listening.send(("\uFEFF" + declaring("", "両肺")).getBytes(UTF_8));

    assertThat(answer).contains("MSA|AA|C1");
    assertThat(sink.onlyReport().getText()).isEqualTo("両肺");
  }

  private static String declaring(String charset, String text) {
    return Messages.simple("C1")
        .replace("|P|2.5.1", "|P|2.5.1||||||" + charset)
        .replace("The lungs are clear.", text);
  }
}
