package io.radstream.cli;

import io.radstream.cli.maps.SentMaps;
import io.radstream.producers.dicom.listen.AeTitle;
import io.radstream.results.destination.Destination;
import io.radstream.results.destination.HttpReceiver;
import io.radstream.results.destination.Timeouts;
import io.radstream.results.dicom.StoreAddress;
import io.radstream.results.dicom.StoreDestination;
import io.radstream.results.dicom.StowDestination;
import io.radstream.results.fhir.FhirDestination;
import io.radstream.results.fhir.FhirFolder;
import io.radstream.results.fhir.FhirNames;
import io.radstream.results.hl7.MllpAddress;
import io.radstream.results.hl7.MllpDestination;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: where results go. */
final class ResultsDestinations {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ServerAccess access;

  @Option(
      names = "--dicom",
      paramLabel = "AET@HOST:PORT",
      description = "An archive that gets a structured report of each score, by C-STORE.")
  private Optional<String> dicom;

  @Option(
      names = "--aet",
      paramLabel = "TITLE",
      defaultValue = "RADSTREAM",
      description = "AE title that this end calls itself by (default: ${DEFAULT-VALUE}).")
  private String aet;

  @Option(names = "--dicom-tls", description = "Speak TLS with that archive.")
  private boolean dicomTls;

  @Option(
      names = "--stow",
      paramLabel = "URL",
      description =
          "An archive that gets the same report over HTTP, by STOW-RS: its DICOMweb root.")
  private Optional<URI> stow;

  @Option(
      names = "--fhir",
      paramLabel = "URL",
      description =
          "A server of FHIR R4 that gets a device, an observation and a preliminary report of each"
              + " score, by PUT: its root.")
  private Optional<URI> fhir;

  @Option(
      names = "--fhir-dir",
      paramLabel = "DIR",
      description = "A folder that gets them as a file for each score, to be posted to a server.")
  private Optional<Path> fhirFolder;

  @Option(
      names = "--fhir-patient-system",
      paramLabel = "URI",
      description = "System of patients' numbers there (default: they are written without one).")
  private Optional<String> patients;

  @Option(
      names = "--fhir-accession-system",
      paramLabel = "URI",
      description = "System of accession numbers there (default: they are written without one).")
  private Optional<String> accessions;

  @Option(
      names = "--hl7",
      paramLabel = "HOST:PORT",
      description =
          "A system that gets a message ORU^R01 of each score, by MLLP, and acknowledges it.")
  private Optional<String> hl7;

  @Option(
      names = "--hl7-application",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Receiving application of those messages, MSH-5 (default: none).")
  private String application;

  @Option(
      names = "--hl7-facility",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Receiving facility of those messages, MSH-6 (default: none).")
  private String facility;

  @Option(names = "--hl7-tls", description = "Speak TLS with that system.")
  private boolean hl7Tls;

  /** Whether one of them takes pictures. */
  boolean haveAnArchive() {
    return dicom.isPresent() || stow.isPresent();
  }

  /**
   * Those that were asked for.
   *
   * @param maps pictures for archives
   * @throws ParameterException where there is none, or one that cannot be used
   */
  List<Destination> open(SentMaps maps) {
    List<Destination> destinations = new ArrayList<>();
    try {
      if (dicom.isPresent()) {
        destinations.add(
            new StoreDestination(
                StoreAddress.parse(dicom.get(), new AeTitle(aet), tls(dicomTls)),
                maps.to("dicom")));
      }
      stow.ifPresent(url -> destinations.add(new StowDestination(server(url), maps.to("stow"))));
      fhir.ifPresent(url -> destinations.add(new FhirDestination(server(url), names())));
      fhirFolder.ifPresent(folder -> destinations.add(new FhirFolder(folder, names())));
      if (hl7.isPresent()) {
        destinations.add(
            new MllpDestination(MllpAddress.parse(hl7.get(), application, facility, tls(hl7Tls))));
      }
    } catch (IllegalArgumentException e) {
      throw usage("--dicom, --aet, --stow, --fhir, --hl7: " + e.getMessage());
    }
    if (destinations.isEmpty()) {
      throw usage(
          "nothing to send to: name at least one of --dicom, --stow, --fhir, --fhir-dir, --hl7");
    }
    return List.copyOf(destinations);
  }

  private HttpReceiver server(URI url) {
    return new HttpReceiver(
        new HttpReceiver.Address(url, access.credentials(), access.trusted()),
        Timeouts.USUAL,
        InstantSource.system());
  }

  private FhirNames names() {
    return new FhirNames(patients, accessions);
  }

  /** Empty where it is spoken in the clear. */
  private Optional<SSLContext> tls(boolean wanted) {
    if (!wanted) {
      return Optional.empty();
    }
    try {
      return Optional.of(access.trusted().orElse(SSLContext.getDefault()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java knows no TLS", e);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
