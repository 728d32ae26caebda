package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What becomes of real reports, the text that the stage keeps of them: docs/model.md has the
 * figures. Sides are looked for by a pattern of its own, and by the terms that indexers gave the
 * reports.
 */
class MirroredReportsTest {

  private static final Path FILE =
      Path.of(System.getProperty("radstream.data", "."), "reports", "indiana_reports_dev.csv");

  /** Anything that may be a word for a side, in whatever word it stands. */
  private static final Pattern SIDE =
      Pattern.compile(
          "(?i:left|right|dextro|levo|sinist|\\b[lr](?:t|ft|gt|hs)?\\b)"
              + "|\\b[LR](?:[ULM]L|[ULM]Z|[UL][QE]|IJ|PO|AO)\\b");

  private static final Pattern NONE =
      Pattern.compile("(?i)\\b(?:up|b|al|out|copy)right\\w*|cleft\\w*|levo(?:flox|thyr)\\w*");

  private static final Pattern INDEXED = Pattern.compile("/(?:left|right)\\b");

  private record Report(String text, boolean isIndexedWithSide, Optional<String> mirrored) {

    boolean namesSide() {
      return !sides(text).isEmpty();
    }

    boolean isAsItWas() {
      return mirrored.filter(text::equals).isPresent();
    }
  }

  private static List<Report> reports = List.of();

  @BeforeAll
  static void read() throws IOException {
    assumeTrue(Files.exists(FILE), "the reports of Indiana University are not here");
    Sides sides = new Sides();
    List<Report> read = new ArrayList<>();
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(FILE.toFile())) {
      while (rows.hasNext()) {
        Map<String, String> row = rows.next();
        String report =
            "FINDINGS: %s\n\nIMPRESSION: %s".formatted(row.get("findings"), row.get("impression"));
        String text = ReportSections.of(report).text();
        read.add(new Report(text, INDEXED.matcher(row.get("MeSH")).find(), sides.mirror(text)));
      }
    }
    reports = read;
  }

  @Test
  void shouldLeaveNoSideAsItWas() {
    List<Report> mirrored = where(report -> report.mirrored().isPresent());

    assertThat(mirrored)
        .hasSizeGreaterThan(2_500)
        .allSatisfy(
            report ->
                assertThat(sides(report.mirrored().orElseThrow()))
                    .isEqualTo(sides(report.text()).stream().map(side -> -side).toList()));
  }

  @Test
  void shouldMirrorMostReportsThatNameASideAndRefuseFewThatNameNone() {
    List<Report> sided = where(Report::namesSide);
    List<Report> others = where(report -> !report.namesSide());

    long refused = sided.stream().filter(report -> report.mirrored().isEmpty()).count();
    long refusedOthers = others.stream().filter(report -> report.mirrored().isEmpty()).count();
    System.out.printf(
        "%d reports: of %d with a side %d are not mirrored, of %d others %d%n",
        reports.size(), sided.size(), refused, others.size(), refusedOthers);
    assertThat(sided).hasSizeGreaterThan(1_000);
    assertThat(refused).isLessThan(sided.size() / 5);
    assertThat(refusedOthers).isLessThan(others.size() / 33);
  }

  /** One report is silent of a density that its indexer placed on the right. */
  @Test
  void shouldSeeTheSideOfReportsThatIndexersGaveOne() {
    List<Report> indexed = where(Report::isIndexedWithSide);

    assertThat(indexed).hasSizeGreaterThan(500);
    assertThat(indexed.stream().filter(Report::isAsItWas).count()).isLessThanOrEqualTo(1);
  }

  @Test
  void shouldGiveEachReportAgainWhereItIsMirroredTwice() {
    Sides sides = new Sides();

    assertThat(where(report -> report.mirrored().isPresent() && !report.isAsItWas()))
        .hasSizeGreaterThan(800)
        .allSatisfy(
            report ->
                assertThat(sides.mirror(report.mirrored().orElseThrow())).contains(report.text()));
  }

  private static List<Report> where(Predicate<Report> holds) {
    return reports.stream().filter(holds).toList();
  }

  /** Of each word for a side in the text: −1 left, 1 right. */
  private static List<Integer> sides(String text) {
    return SIDE.matcher(NONE.matcher(text).replaceAll(""))
        .results()
        .map(found -> found.group().toLowerCase(Locale.ROOT))
        .map(word -> word.startsWith("r") || word.startsWith("d") ? 1 : -1)
        .toList();
  }
}
