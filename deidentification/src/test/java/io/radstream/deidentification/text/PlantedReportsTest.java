package io.radstream.deidentification.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.deidentification.keys.DateShift;
import io.radstream.deidentification.text.Planting.Planted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Plants what identifies in real reports, and counts what stays and what is lost. With {@code
 * -Dradstream.planted=1} in every report rather than in every twentieth.
 */
class PlantedReportsTest {

  private static final Path DATA = Path.of(System.getProperty("radstream.data", ""));
  private static final int EVERY = Integer.getInteger("radstream.planted", 20);
  private static final int FINDINGS = 6;
  private static final int IMPRESSION = 7;

  private final TextScrubber scrubber = new TextScrubber(SiteList.EMPTY);
  private final DatePolicy dates = new DatePolicy.Shift(new DateShift(500), false);

  private static final class Tally {
    private int planted;
    private int missed;
  }

  @Test
  void shouldMissFewAndHarmNone() throws IOException {
    Path file = DATA.resolve("reports/indiana_reports_dev.csv");
    assumeTrue(Files.exists(file), "the reports of Indiana University are not here");
    List<String> reports = reports(Files.readString(file));
    Map<String, Tally> tallies = new TreeMap<>();
    int harmed = 0;

    for (int i = 0; i < reports.size(); i += EVERY) {
      Planting planting = new Planting(i);
      for (Planted planted :
          List.of(
              planting.name(false),
              planting.name(true),
              planting.date(),
              planting.number(),
              planting.contact())) {
        harmed += harmed(reports.get(i), planted.known()) ? 1 : 0;
        count(planted, reports.get(i), planting.into(reports.get(i), planted.sentence()), tallies);
      }
    }

    tallies.forEach(
        (sort, tally) ->
            System.out.printf("%s: %d of %d missed%n", sort, tally.missed, tally.planted));
    System.out.printf("harmed without cause: %d%n", harmed);
    assertThat(harmed).isZero();
    assertThat(tallies.values())
        .allSatisfy(tally -> assertThat(tally.missed).isLessThanOrEqualTo(tally.planted / 50));
  }

  private void count(Planted planted, String report, String text, Map<String, Tally> tallies) {
    String scrubbed = scrubber.scrub(text, planted.known(), dates).text();
    Tally tally = tallies.computeIfAbsent(planted.sort(), unused -> new Tally());
    tally.planted++;
    boolean stayed =
        planted.canaries().stream().anyMatch(it -> times(it, scrubbed) > times(it, report));
    if (stayed) {
      tally.missed++;
    }
  }

  private static int times(String part, String text) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  /** Whether a text that has nothing planted is changed, but for words taken out before. */
  private boolean harmed(String report, Identifiers known) {
    String scrubbed = scrubber.scrub(report, known, dates).text();
    return !scrubbed
        .replaceAll("XXXX( XXXX)+", "XXXX")
        .equals(report.replaceAll("XXXX( XXXX)+", "XXXX"));
  }

  private static List<String> reports(String csv) {
    List<String> reports = new ArrayList<>();
    for (List<String> row : Csv.rows(csv)) {
      if (row.size() > IMPRESSION) {
        reports.add("FINDINGS: " + row.get(FINDINGS) + "\nIMPRESSION: " + row.get(IMPRESSION));
      }
    }
    return reports.subList(1, reports.size());
  }
}
