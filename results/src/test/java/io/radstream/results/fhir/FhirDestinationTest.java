package io.radstream.results.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.HttpSite;
import io.radstream.results.destination.HttpSite.Request;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.Results;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FhirDestinationTest {

  private static final Result RESULT = Results.of(Results.STUDY);
  private static final FhirNames NAMES =
      new FhirNames(Optional.of("urn:oid:1.2.3.4"), Optional.empty());

  private static <T extends Resource> T read(Class<T> type, byte[] json) {
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    return parser.parseResource(type, new String(json, StandardCharsets.UTF_8));
  }

  @Test
  void shouldPutDeviceObservationAndReport() throws Exception {
    try (HttpSite server = new HttpSite();
        FhirDestination destination = new FhirDestination(server.receiver(), NAMES)) {

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      List<Request> requests = server.requests();
      assertThat(requests).extracting(Request::method).containsOnly("PUT");
      Device device = read(Device.class, requests.get(0).body());
      Observation observation = read(Observation.class, requests.get(1).body());
      DiagnosticReport report = read(DiagnosticReport.class, requests.get(2).body());
      assertThat(requests)
          .extracting(Request::path)
          .containsExactly(
              "/base/Device/" + device.getIdPart(),
              "/base/Observation/" + observation.getIdPart(),
              "/base/DiagnosticReport/" + report.getIdPart());
      assertThat(observation.getDevice().getReference()).isEqualTo("Device/" + device.getIdPart());
      assertThat(report.getResultFirstRep().getReference())
          .isEqualTo("Observation/" + observation.getIdPart());
      assertThat(device.getVersionFirstRep().getValue()).isEqualTo("line-000120");
    }
  }

  @Test
  void shouldSayWhatItIsOfAndHowLikely() {
    ResultResources resources = new ResultResources(NAMES);

    Bundle bundle =
        read(
            Bundle.class,
            resources.json(resources.transaction(RESULT)).getBytes(StandardCharsets.UTF_8));

    Observation observation = (Observation) bundle.getEntry().get(1).getResource();
    DiagnosticReport report = (DiagnosticReport) bundle.getEntry().get(2).getResource();
    assertThat(observation.getComponent())
        .extracting(
            it -> it.getCode().getText() + " " + it.getValueQuantity().getValue().toPlainString())
        .containsExactly("cardiomegaly 0.871235", "pleural effusion, of either side 0.00012");
    assertThat(observation.getStatus()).isEqualTo(Observation.ObservationStatus.PRELIMINARY);
    assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    assertThat(report.getSubject().getIdentifier().getSystem()).isEqualTo("urn:oid:1.2.3.4");
    assertThat(report.getSubject().getIdentifier().getValue()).isEqualTo("PAT-7");
    assertThat(report.getBasedOnFirstRep().getIdentifier().getValue()).isEqualTo("ACC-1");
    assertThat(report.getImagingStudyFirstRep().getIdentifier().getValue())
        .isEqualTo("urn:oid:1.2.840.77.1");
    assertThat(report.getIssued()).isEqualTo("2026-03-04T05:06:07.000Z");
  }

  @Test
  void shouldPutTheSameAgain() throws Exception {
    try (HttpSite server = new HttpSite().answering(201, 503);
        FhirDestination destination = new FhirDestination(server.receiver(), NAMES)) {
      assertThat(destination.deliver(RESULT)).isInstanceOf(Outcome.Away.class);

      assertThat(destination.deliver(RESULT)).isInstanceOf(Outcome.Delivered.class);

      List<Request> requests = server.requests();
      assertThat(requests.get(2).body()).isEqualTo(requests.get(0).body());
      assertThat(requests.get(3).path()).isEqualTo(requests.get(1).path());
      assertThat(requests.get(3).body()).isEqualTo(requests.get(1).body());
    }
  }

  @Test
  void shouldTellWhatIsRefused() throws Exception {
    try (HttpSite server = new HttpSite().answering(200, 422);
        FhirDestination destination = new FhirDestination(server.receiver(), NAMES)) {
      assertThat(destination.deliver(RESULT)).isEqualTo(new Outcome.Refused("HTTP 422"));
      assertThat(destination.deliver(Results.of(KnownStudy.UNKNOWN)))
          .isInstanceOf(Outcome.Unaddressed.class);
    }
  }

  @Test
  void shouldWriteAFileForEachResultOnce(@TempDir Path folder) throws Exception {
    try (FhirFolder destination = new FhirFolder(folder.resolve("out"), FhirNames.NONE)) {
      destination.deliver(RESULT);

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      try (Stream<Path> files = Files.list(folder.resolve("out"))) {
        List<Path> all = files.toList();
        assertThat(all).hasSize(1);
        Bundle bundle = read(Bundle.class, Files.readAllBytes(all.get(0)));
        assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.TRANSACTION);
      }
    }
  }
}
