package io.radstream.cli.fuzz;

import io.radstream.cli.reports.ReportLines;
import io.radstream.deidentification.keys.SiteKey;
import io.radstream.producers.crosswalk.CrosswalkReader;
import io.radstream.producers.crosswalk.CrosswalkWriter;
import io.radstream.producers.crosswalk.Lookup;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was written down and is read again: reports to be measured, and a site's crosswalk.
 *
 * @param folder for the files
 */
record ReadBackTargets(Path folder) {

  private static final SiteKey KEY = SiteKey.of("sixteen bytes at least");
  private static final List<String> STUDIES = List.of("one", "other");

  private static final String LINES =
      """
      {"studyId":"CANARY","report":"CANARY: the lungs are clear"}
      {"studyId":"other","report":"a small effusion","more":[1]}
      """
          .replace("CANARY", Target.CANARY);

  List<Target> all() throws IOException {
    return List.of(reports(), crosswalk());
  }

  private Target reports() {
    Path file = folder.resolve("written.jsonl");
    ReportLines lines = new ReportLines();
    return Target.of(
        "report-lines",
        List.of(Json.bytes(LINES), Json.bytes(LINES.lines().findFirst().orElseThrow())),
        List.of("\n", "\r", "\uFEFF", "{", "[", "\0", "null", "\"report\":", "\\ud800", "NaN"),
        Set.of(IOException.class),
        input -> {
          Files.write(file, input);
          lines.read(file);
          return "";
        });
  }

  private Target crosswalk() throws IOException {
    Path made = folder.resolve("crosswalk");
    try (CrosswalkWriter writer = CrosswalkWriter.open(made, KEY)) {
      for (String study : STUDIES) {
        writer.note(
            study,
            new KnownStudy(
                Target.CANARY, "accession", "1.2.3", List.of(new KnownImage("1", "2", "3"))));
      }
    }
    Path file;
    try (Stream<Path> files = Files.list(made)) {
      file = files.findFirst().orElseThrow();
    }
    return Target.of(
        "crosswalk",
        List.of(Files.readAllBytes(file)),
        List.of("RSCWALK1", "\0\0\0\0", "\0\0\0\u001c"),
        Set.of(IOException.class),
        input -> {
          Files.write(file, input);
          int known = 0;
          try (CrosswalkReader reader = CrosswalkReader.open(made, KEY)) {
            for (String study : STUDIES) {
              known += reader.find(study) instanceof Lookup.Known ? 1 : 0;
            }
          }
          return known == STUDIES.size() ? "" : "not all are known";
        });
  }
}
