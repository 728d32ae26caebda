package io.radstream.producers.fhir;

import io.radstream.producers.fhir.ResourceReader.UnreadableResourceException;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudySource;
import io.radstream.producers.reports.ReportPlaces;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * Reports in files: bundles or single resources, JSON or XML, or one resource a line (NDJSON), as
 * servers export them. Read twice: what reports refer to first, since it may stand in any file, and
 * of that only what a report needs is kept.
 */
public final class FhirFiles implements StudySource {

  private static final String NAME = "fhir";

  private final List<Path> files;
  private final DiagnosticReports reports;
  private final ReportPlaces places;
  private final ResourceReader reader = new ResourceReader();

  /**
   * @param path a file, or a directory of which all files ending in .json, .ndjson or .xml are read
   * @param names shared by all sources of the site
   * @param pseudonymizer shared with the publisher
   * @param clock by which a time of the future is known
   * @throws NoSuchFileException where there is none
   * @throws IOException where the directory cannot be listed
   */
  public FhirFiles(
      Path path,
      FhirRules rules,
      StudyNames names,
      Pseudonymizer pseudonymizer,
      InstantSource clock)
      throws IOException {
    this.files = files(path);
    this.reports = new DiagnosticReports(rules, clock);
    this.places = new ReportPlaces(names, pseudonymizer);
  }

  private static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(path.toString(), null, "neither a file nor a directory");
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> found =
          all.filter(FhirFiles::isOfFhir).filter(Files::isRegularFile).sorted().toList();
      if (found.isEmpty()) {
        throw new NoSuchFileException(path.toString(), null, "no file .json, .ndjson or .xml");
      }
      return found;
    }
  }

  private static boolean isOfFhir(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".json") || name.endsWith(".ndjson") || name.endsWith(".xml");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void deliver(PartSink sink) {
    References references = new References(Elsewhere.NOWHERE);
    forEach((content, place) -> index(content, references), unreadable -> {});
    ReportSending sending = new ReportSending(sink, reports, places);
    forEach(
        (content, place) -> {
          sending.readsFrom(place, "");
          send(content, references, sending);
        },
        unreadable -> {
          sending.readsFrom(unreadable.toString(), "");
          sending.refuseNext(RejectionReason.INVALID_RECORD, "the file cannot be read");
        });
    sending.settle();
  }

  @FunctionalInterface
  private interface Reading {
    void read(byte[] content, String place);
  }

  /**
   * @param unreadable is told of each file that cannot be read to its end
   */
  private void forEach(Reading reading, Consumer<Path> unreadable) {
    for (Path file : files) {
      long number = 0;
      try (FileContents contents = FileContents.of(file)) {
        for (byte[] next = contents.next(); next != null; next = contents.next()) {
          reading.read(next, file + " resource " + ++number);
        }
      } catch (IOException e) {
        unreadable.accept(file);
      }
    }
  }

  private void index(byte[] content, References references) {
    try {
      Resource resource = reader.read(content);
      Stream<Resource> all =
          resource instanceof Bundle bundle
              ? bundle.getEntry().stream().map(Bundle.BundleEntryComponent::getResource)
              : Stream.of(resource);
      all.map(FhirFiles::needed).flatMap(Optional::stream).forEach(references::add);
    } catch (UnreadableResourceException e) {
      // Said when it is read for its reports.
    }
  }

  /** A copy that holds no more of a resource than what is asked for. */
  private static Optional<Resource> needed(Resource resource) {
    DomainResource needed;
    if (resource instanceof Patient patient) {
      Patient copy = new Patient();
      copy.setIdentifier(patient.getIdentifier()).setName(patient.getName());
      copy.setTelecom(patient.getTelecom()).setAddress(patient.getAddress());
      copy.setBirthDateElement(patient.getBirthDateElement());
      copy.setGeneralPractitioner(patient.getGeneralPractitioner());
      needed = copy.setContact(patient.getContact());
    } else if (resource instanceof ImagingStudy study) {
      ImagingStudy copy = new ImagingStudy().setIdentifier(study.getIdentifier());
      needed = copy.setReferrer(study.getReferrer()).setInterpreter(study.getInterpreter());
    } else if (resource instanceof ServiceRequest request) {
      ServiceRequest copy = new ServiceRequest().setIdentifier(request.getIdentifier());
      needed = copy.setRequester(request.getRequester()).setPerformer(request.getPerformer());
    } else if (resource instanceof Practitioner practitioner) {
      needed = new Practitioner().setName(practitioner.getName());
    } else if (resource instanceof PractitionerRole role) {
      needed = new PractitionerRole().setPractitioner(role.getPractitioner());
    } else {
      return Optional.empty();
    }
    needed.setId(resource.getIdElement());
    return Optional.of(needed);
  }

  private void send(byte[] content, References references, ReportSending sending) {
    if (content.length > FileContents.MAX_BYTES) {
      sending.refuseNext(
          RejectionReason.OVERSIZED,
          "a resource has more than %d bytes".formatted(FileContents.MAX_BYTES));
      return;
    }
    try {
      Resource resource = reader.read(content);
      if (resource instanceof Bundle bundle) {
        References own = references.with(bundle);
        bundle.getEntry().stream()
            .map(Bundle.BundleEntryComponent::getResource)
            .filter(DiagnosticReport.class::isInstance)
            .forEach(report -> sending.send((DiagnosticReport) report, own, Receipt.NONE));
      } else if (resource instanceof DiagnosticReport report) {
        sending.send(report, references, Receipt.NONE);
      }
    } catch (UnreadableResourceException e) {
      sending.refuseNext(RejectionReason.INVALID_RECORD, e.getMessage());
    }
  }
}
