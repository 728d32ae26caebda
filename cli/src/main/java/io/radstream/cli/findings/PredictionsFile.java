package io.radstream.cli.findings;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import io.radstream.trainer.testing.ScoredSplit;
import io.radstream.trainer.testing.ScoredStudy;
import java.io.IOException;
import java.nio.file.Path;

/** Predictions as CSV: a line for each study and finding. */
public final class PredictionsFile {

  /**
   * A line. Numbers are as exact as the network's: read as double precision they are what every
   * figure was computed of.
   *
   * @param label probability that the finding is there; null where it is not known
   */
  @JsonPropertyOrder({"study", "patient", "finding", "label", "probability"})
  record Line(String study, String patient, String finding, Double label, double probability) {}

  private PredictionsFile() {}

  /**
   * @throws IOException where the file cannot be written
   */
  public static void write(Path file, ScoredSplit scored) throws IOException {
    CsvMapper mapper = new CsvMapper();
    try (SequenceWriter lines =
        mapper.writer(mapper.schemaFor(Line.class).withHeader()).writeValues(file.toFile())) {
      for (ScoredStudy study : scored.studies()) {
        for (int i = 0; i < scored.findings().size(); i++) {
          float label = study.labels()[i];
          lines.write(
              new Line(
                  study.studyId(),
                  study.patientId(),
                  scored.findings().get(i),
                  Float.isNaN(label) ? null : (double) label,
                  study.probabilities()[i]));
        }
      }
    }
  }
}
