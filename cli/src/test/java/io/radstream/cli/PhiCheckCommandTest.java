package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhiCheckCommandTest {

  @Test
  void shouldLetNothingOfAPatientOut(@TempDir Path folder) throws Exception {
    Path list =
        Files.writeString(
            folder.resolve("ours.txt"),
            "Haus Sonnenblick\nM\u00FCllerstift & S\u00F6hne\n/KX-[0-9]{3}[a-f]/\n");

    Invocation invocation = Invocation.of("phi-check", "--json", "--scrub-list", list.toString());

    JsonNode summary = summary(invocation);
    assertThat(summary.get("leaks")).isEmpty();
    assertThat(summary.get("canaries").asInt()).isGreaterThan(20_000);
    assertThat(summary.get("scrub_list_lines_left")).isEmpty();
    JsonNode studies = summary.get("studies");
    assertThat(studies.get("learnable").asInt()).isEqualTo(studies.get("to_learn_from").asInt());
    assertThat(studies.get("with_name_learnable").asInt()).isZero();
    assertThat(studies.get("refused").get("BURNED_IN_TEXT").asInt()).isEqualTo(5);
    assertThat(invocation.out()).contains("BURNED_IN_TEXT: 5 (expected");
    assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
  }

  @Test
  void shouldSeeWhatComesOutWhereNothingIsTakenOut() throws Exception {
    Invocation invocation = Invocation.of("phi-check", "--no-deidentify", "--studies=40", "--json");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    List<String> places = summary(invocation).get("leaks").findValuesAsText("place");
    assertThat(places)
        .contains(
            "patient's family name",
            "patient's number",
            "referring physician",
            "phone number",
            "accession number",
            "a name behind a title in a report",
            "a day in a report",
            "DICOM (0008,0022)",
            "a name burned into a picture");
    assertThat(summary(invocation).get("leaks").findValuesAsText("found"))
        .anyMatch(found -> found.matches("topic studies, partition \\d, offset \\d+, value"))
        .noneMatch(found -> found.startsWith("file cluster/broker/logs/studies-"));
  }

  private static JsonNode summary(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
