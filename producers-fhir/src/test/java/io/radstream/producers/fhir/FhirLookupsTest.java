package io.radstream.producers.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.publish.StudyNames;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirLookupsTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-04T12:00:00Z"));
  private static final String CHANGED = "2026-01-02T03:00:00Z";

  private final RecordingSink sink = RecordingSink.atOnce();
  private PagingServer server;

  @BeforeEach
  void serve() throws IOException {
    server = new PagingServer().patient();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldReadTextThatStandsInABinary() throws Exception {
    server.put("Binary", "b1", 1, CHANGED, "\"contentType\":\"text/plain\",\"data\":\"Q2xlYXIu\"");
    server.report(
        "r1",
        1,
        CHANGED,
        "\"presentedForm\":[{\"contentType\":\"text/plain\",\"url\":\"Binary/b1\"}]");

    Searches.of(server, CLOCK).run(1, sink);

    assertThat(sink.onlyReport().getText()).isEqualTo("Clear.");
  }

  @Test
  void shouldFindAnAccessionNumberByTheIdentifierOfTheStudy() throws Exception {
    server.put(
        "ImagingStudy",
        "s1",
        1,
        CHANGED,
        "\"identifier\":[{\"system\":\"urn:dicom:uid\",\"value\":\"urn:oid:1.2.3\"},"
            + "{\"type\":{\"coding\":[{\"code\":\"ACSN\"}]},\"value\":\"ACC7\"}]");
    server.put(
        "DiagnosticReport",
        "r1",
        1,
        CHANGED,
        "\"status\":\"final\",\"conclusion\":\"Clear.\",\"subject\":{\"reference\":\"Patient/p1\"},"
            + "\"imagingStudy\":[{\"identifier\":{\"system\":\"urn:dicom:uid\",\"value\":\"urn:oid:1.2.3\"}}]");

    Searches.of(server, CLOCK).run(1, sink);

    assertThat(sink.found().get(0).part().study())
        .isEqualTo(new StudyNames("").study("ACC7", "1.2.3"));
  }

  @Test
  void shouldNotTakeAPatientOfAnotherServerForOneOfItsOwn() throws Exception {
    server.put(
        "DiagnosticReport",
        "r1",
        1,
        CHANGED,
        "\"status\":\"final\",\"conclusion\":\"Clear.\","
            + "\"identifier\":[{\"type\":{\"coding\":[{\"code\":\"ACSN\"}]},\"value\":\"ACC1\"}],"
            + "\"subject\":{\"reference\":\"https://other.example/fhir/Patient/p1\"}");

    Searches.of(server, CLOCK).run(1, sink);

    assertThat(sink.found()).isEmpty();
    assertThat(sink.refusals()).singleElement().asString().contains("no identifier");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2206-01-02T03:00:00Z", "2026-01-04T03:00:00Z"})
  void shouldNotBelieveAReportOfTheFuture(String issued) throws Exception {
    String wrong = "\"conclusion\":\"Wrong.\",\"issued\":\"" + issued + "\"";
    server.report("r1", 1, CHANGED, wrong);
    Searches.of(server, CLOCK).run(1, sink);
    server.report(
        "r1",
        2,
        "2026-01-02T05:00:00Z",
        "\"conclusion\":\"Right.\",\"issued\":\"2026-01-02T05:00:00Z\"");
    sink.forgetItems();

    Searches.of(server, CLOCK).run(1, sink);

    assertThat(sink.onlyReport().getText()).isEqualTo("IMPRESSION:\nRight.");
  }

  @ParameterizedTest
  @CsvSource({"429, 7", "503, 7", "503, 9999"})
  void shouldLeaveAServerAloneForAsLongAsItAsks(int status, int seconds) {
    server.instead("Patient/p1", status, "", "Retry-After", String.valueOf(seconds));
    List<Duration> pauses = new ArrayList<>();
    FhirEndpoint endpoint = endpoint(server.base());
    FhirClient client = new FhirClient(endpoint, AskingLimits.DEFAULT, pauses::add, CLOCK);

    assertThatThrownBy(() -> client.get("Patient/p1")).hasMessageContaining("busy");

    assertThat(pauses).hasSize(3).containsOnly(Duration.ofSeconds(Math.min(seconds, 300)));
  }

  @Test
  void shouldKnowItsOwnAddressByWhateverPortIsMeant() {
    FhirEndpoint endpoint = endpoint(URI.create("https://fhir.example/r4"));

    assertThat(endpoint.isOwn(URI.create("https://FHIR.example:443/r4?_getpages=1"))).isTrue();
    assertThat(endpoint.isOwn(URI.create("https://fhir.example:8443/r4"))).isFalse();
    assertThat(endpoint.isOwn(URI.create("http://fhir.example:443/r4"))).isFalse();
  }

  private static FhirEndpoint endpoint(URI base) {
    return new FhirEndpoint(
        base, new Credentials.None(), Optional.empty(), "", Duration.ofSeconds(1));
  }
}
