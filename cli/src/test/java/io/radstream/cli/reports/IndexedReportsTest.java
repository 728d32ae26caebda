package io.radstream.cli.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.radstream.evaluation.labels.LabelMeasure;
import io.radstream.evaluation.labels.LabelPair;
import io.radstream.evaluation.labels.MicroAverage;
import io.radstream.radiology.findings.FindingLabeller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What rules read of the reports of Indiana University, beside the terms that its indexers gave
 * them: docs/operations.md has the figures.
 */
class IndexedReportsTest {

  private static final Path FILE =
      Path.of(System.getProperty("radstream.data", "."), "reports", "indiana_reports_dev.csv");

  /** The terms of the index, before the slash, that name a finding. */
  private static final Map<String, Set<String>> TERMS =
      Map.of(
          "effusion", Set.of("Pleural Effusion", "Costophrenic Angle"),
          "pneumothorax", Set.of("Pneumothorax", "Hydropneumothorax"),
          "opacity",
              Set.of("Opacity", "Consolidation", "Airspace Disease", "Infiltrate", "Pneumonia"),
          "atelectasis", Set.of("Pulmonary Atelectasis"),
          "cardiomegaly", Set.of("Cardiomegaly"),
          "nodule", Set.of("Nodule", "Mass"),
          "edema", Set.of("Pulmonary Edema", "Pulmonary Congestion"),
          "fracture", Set.of("Fractures, Bone"));

  private static List<LabelPair> reports = List.of();

  @BeforeAll
  static void read() throws IOException {
    assumeTrue(Files.exists(FILE), "the reports of Indiana University are not here");
    SaidFindings said = new SaidFindings(new FindingLabeller(), false);
    List<LabelPair> pairs = new ArrayList<>();
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(FILE.toFile())) {
      while (rows.hasNext()) {
        Map<String, String> row = rows.next();
        String report =
            "FINDINGS: %s\n\nIMPRESSION: %s".formatted(row.get("findings"), row.get("impression"));
        pairs.add(new LabelPair(said.of(report), indexed(row.get("MeSH"))));
      }
    }
    reports = pairs;
  }

  private static Set<String> indexed(String index) {
    Set<String> terms =
        Arrays.stream(index.split(";"))
            .map(term -> term.split("/", 2)[0].strip())
            .collect(Collectors.toSet());
    return TERMS.entrySet().stream()
        .filter(finding -> finding.getValue().stream().anyMatch(terms::contains))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Floors, a little below what was measured. */
  @ParameterizedTest
  @CsvSource({
    "effusion, 0.94, 0.85",
    "pneumothorax, 0.83, 0.80",
    "opacity, 0.95, 0.96",
    "atelectasis, 0.93, 0.92",
    "cardiomegaly, 0.94, 0.85",
    "nodule, 0.60, 0.91",
    "edema, 0.84, 0.66",
    "fracture, 0.80, 0.94"
  })
  void shouldReadWhatIndexersRead(String finding, double precision, double recall) {
    List<String> one = List.of(finding);

    assertThat(new MicroAverage(LabelMeasure.PRECISION, one).of(reports).orElseThrow())
        .isGreaterThan(precision);
    assertThat(new MicroAverage(LabelMeasure.RECALL, one).of(reports).orElseThrow())
        .isGreaterThan(recall);
  }
}
