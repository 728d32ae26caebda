package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhiCheckCommandTest {

  @Test
  void shouldLetNothingOfAPatientOut() throws Exception {
    Invocation invocation = Invocation.of("phi-check", "--json");

    JsonNode summary = summary(invocation);
    assertThat(summary.get("leaks")).isEmpty();
    assertThat(summary.get("canaries").asInt()).isGreaterThan(20_000);
    assertThat(invocation.exitCode()).isEqualTo(Radstream.DONE);
  }

  @Test
  void shouldSeeWhatComesOutWhereNothingIsTakenOut() throws Exception {
    Invocation invocation = Invocation.of("phi-check", "--no-deidentify", "--json");

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
            "a name burned into a picture");
  }

  private static JsonNode summary(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
