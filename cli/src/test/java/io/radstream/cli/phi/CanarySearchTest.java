package io.radstream.cli.phi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanarySearchTest {

  private final Aviary aviary = new Aviary(3);
  private final String name = aviary.name("a name");
  private final String number = aviary.number("a number");

  @Test
  void shouldFindCanariesInAnyCaseAndEncoding() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(("x" + name.toUpperCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8));
    bytes.write(number.getBytes(StandardCharsets.UTF_16LE));

    List<Leak> leaks = new CanarySearch(aviary.all()).in("page", bytes.toByteArray());

    assertThat(leaks).containsExactly(new Leak("a name", "page"), new Leak("a number", "page"));
  }

  @Test
  void shouldFindADayInTheFormsThatPeopleWrite() {
    Aviary days = new Aviary(4);
    String day = DateTimeFormatter.ISO_LOCAL_DATE.format(days.day("born"));
    String german = day.replaceAll("(....)-(..)-(..)", "$3.$2.$1");

    List<Leak> leaks =
        new CanarySearch(days.all()).in("text", german.getBytes(StandardCharsets.UTF_8));

    assertThat(leaks).containsExactly(new Leak("born", "text"));
  }

  @Test
  void shouldFindWhatLiesAcrossTwoPiecesOfAFile(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[(1 << 20) - 3]);
    bytes.write(name.getBytes(StandardCharsets.UTF_8));
    bytes.write(new byte[1 << 20]);
    bytes.write(number.getBytes(StandardCharsets.UTF_8));
    Files.write(folder.resolve("log"), bytes.toByteArray());

    List<Leak> leaks = new CanarySearch(aviary.all()).in(folder);

    assertThat(leaks).containsExactly(new Leak("a name", "log"), new Leak("a number", "log"));
  }

  @Test
  void shouldFindACanaryInTheNameOfAFile(@TempDir Path folder) throws Exception {
    Files.createFile(folder.resolve(name + ".dcm"));

    List<Leak> leaks = new CanarySearch(aviary.all()).in(folder);

    assertThat(leaks).containsExactly(new Leak("a name", "the name of a file"));
  }

  @Test
  void shouldFindNothingWhereNothingIs() {
    String almost = name.substring(1) + " " + number.substring(0, 9);

    List<Leak> leaks =
        new CanarySearch(aviary.all()).in("page", almost.getBytes(StandardCharsets.UTF_8));

    assertThat(leaks).isEmpty();
  }
}
