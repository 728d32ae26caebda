package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedCluster.class)
class PublishFhirCommandTest {

  private static final String REPORT =
      """
      {"resourceType":"DiagnosticReport","id":"r1","status":"final","conclusion":"Clear lungs.",
       "identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"ACC1"}],
       "subject":{"identifier":{"value":"MRN1"}}}""";

  @Test
  void shouldPublishAReportOnce(KafkaConnection cluster, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("report.json"), REPORT);

    Invocation first =
        Invocation.on(cluster, "publish", "fhir", "--demo-key", "--path", file.toString());
    Invocation second =
        Invocation.on(cluster, "publish", "fhir", "--demo-key", "--path", file.toString());

    assertThat(first.json().get("sent").asLong()).isEqualTo(1);
    assertThat(second.json().get("sent").asLong()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--url=ftp://host; a server's address begins with http",
        "--json; Missing required argument",
        "--path=a --url=http://host; mutually exclusive"
      })
  void shouldSayWhichOptionIsWrong(String options, String message) {
    String[] arguments = ("publish fhir --demo-key " + options).split(" ");

    Invocation invocation = Invocation.of(arguments);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message);
  }
}
