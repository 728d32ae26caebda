package io.radstream.cli.phi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanarySearchTest {

  private final Aviary aviary = new Aviary(3);
  private final String name = aviary.name("a name");
  private final String number = aviary.number("a number");

  @Test
  void shouldFindCanariesInAnyCaseAndEncoding() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(("x" + name.toUpperCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8));
    bytes.write(number.getBytes(StandardCharsets.UTF_16LE));

    Map<Canary, Long> found = new CanarySearch(aviary.all()).in(bytes.toByteArray());

    assertThat(places(found)).containsExactly(entry("a name", 1L), entry("a number", 11L));
  }

  @Test
  void shouldFindADayInTheFormsThatPeopleWrite() {
    Aviary days = new Aviary(4);
    String day = DateTimeFormatter.ISO_LOCAL_DATE.format(days.day("born"));
    String german = day.replaceAll("(....)-(..)-(..)", "$3.$2.$1");

    Map<Canary, Long> found =
        new CanarySearch(days.all()).in(german.getBytes(StandardCharsets.UTF_8));

    assertThat(places(found)).containsExactly(entry("born", 0L));
  }

  @Test
  void shouldFindAMomentAndItsDay() {
    Aviary moments = new Aviary(5).in("report of study 2");
    LocalDateTime moment = moments.moment("issued");
    CanarySearch search = new CanarySearch(moments.all());
    String seconds = "t=" + moment.toEpochSecond(ZoneOffset.UTC);

    Map<Canary, Long> found = search.in(seconds.getBytes(StandardCharsets.UTF_8));

    assertThat(places(found)).containsExactly(entry("issued", 2L));
    byte[] day = moment.toLocalDate().toString().getBytes(StandardCharsets.UTF_8);
    assertThat(search.in(day).keySet())
        .extracting(Canary::source)
        .containsExactly("report of study 2");
  }

  @Test
  void shouldFindWhatLiesAcrossTwoPiecesOfAFile() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[(1 << 20) - 3]);
    bytes.write(name.getBytes(StandardCharsets.UTF_8));
    bytes.write(new byte[1 << 20]);
    bytes.write(number.getBytes(StandardCharsets.UTF_8));

    Map<Canary, Long> found =
        new CanarySearch(aviary.all()).in(new ByteArrayInputStream(bytes.toByteArray()));

    assertThat(places(found))
        .containsExactly(
            entry("a name", (1L << 20) - 3), entry("a number", (2L << 20) + name.length() - 3));
  }

  @Test
  void shouldFindNothingWhereNothingIs() {
    String almost = name.substring(1) + " " + number.substring(0, 9);

    Map<Canary, Long> found =
        new CanarySearch(aviary.all()).in(almost.getBytes(StandardCharsets.UTF_8));

    assertThat(found).isEmpty();
  }

  private static Map<String, Long> places(Map<Canary, Long> found) {
    Map<String, Long> places = new LinkedHashMap<>();
    found.forEach((canary, at) -> places.put(canary.place(), at));
    return places;
  }
}
