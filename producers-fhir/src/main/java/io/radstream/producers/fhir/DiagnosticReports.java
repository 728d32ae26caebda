package io.radstream.producers.fhir;

import io.radstream.producers.reports.ReportItem;
import io.radstream.producers.reports.ReportTime;
import io.radstream.schemas.ReportStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * What a DiagnosticReport says of a report. Thread-safe.
 *
 * @param rules how the site's resources are meant
 * @param clock of what tells no time, and by which a time of the future is known
 */
record DiagnosticReports(FhirRules rules, InstantSource clock) {

  private static final String ACCESSION = "ACSN";
  private static final String MEDICAL_RECORD = "MR";
  private static final String DICOM_UID = "urn:dicom:uid";
  private static final String OID = "urn:oid:";

  /** R5's word for whatever changed after it was final. */
  private static final String MODIFIED = "modified";

  /** Of HL7's table 0074 and of LOINC: what images are made for. */
  private static final Set<String> IMAGING =
      Set.of("RAD", "RX", "XRC", "RUS", "CT", "NMR", "NMS", "VUS", "OUS", "CUS", "LP29684-5");

  /**
   * @return empty where it is no report on images, or none yet
   * @throws ReportException where it cannot be taken
   */
  Optional<ReportItem> read(DiagnosticReport report, References references) throws ReportException {
    List<ImagingStudy> studies =
        all(report, report.getImagingStudy(), references, ImagingStudy.class);
    if (!isOnImages(report)) {
      return Optional.empty();
    }
    DiagnosticReportStatus status = known(report);
    Set<String> accessions = accessions(report, studies, references);
    String uid = studyUid(report, studies);
    ReportTime time = new ReportTimes(clock).of(report);
    String key = "report/" + number(report, accessions, uid);
    return switch (status) {
      case REGISTERED, NULL -> Optional.empty();
      case CANCELLED, ENTEREDINERROR -> Optional.of(new ReportItem.Withdrawal(key, time));
      default -> {
        String text = NarrativeText.of(report, references);
        if (text.isBlank() && meant(status) == ReportStatus.PRELIMINARY) {
          yield Optional.empty();
        }
        if (text.isBlank()) {
          throw new ReportException("the report has neither presentedForm, conclusion nor text");
        }
        Optional<Patient> patient = references.find(report, report.getSubject(), Patient.class);
        yield Optional.of(
            new ReportItem.Text(
                key,
                time,
                patientId(report, patient),
                List.copyOf(accessions),
                uid,
                text,
                meant(status),
                People.in(
                    report, patient, around(report, studies, references), references, accessions)));
      }
    };
  }

  private static List<DomainResource> around(
      DiagnosticReport report, List<ImagingStudy> studies, References references) {
    List<DomainResource> around = new ArrayList<>(studies);
    around.addAll(all(report, report.getBasedOn(), references, ServiceRequest.class));
    return around;
  }

  private static <T extends Resource> List<T> all(
      DiagnosticReport report, List<Reference> named, References references, Class<T> type) {
    return named.stream()
        .map(each -> references.find(report, each, type))
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean isOnImages(DiagnosticReport report) {
    return !report.hasCategory()
        || report.hasImagingStudy()
        || report.getCategory().stream()
            .map(CodeableConcept::getCoding)
            .flatMap(List::stream)
            .map(Coding::getCode)
            .anyMatch(code -> code != null && IMAGING.contains(code));
  }

  /** Of the report, else of what asked for it, else of its studies. */
  private static Set<String> accessions(
      DiagnosticReport report, List<ImagingStudy> studies, References references) {
    Set<String> own = values(report.getIdentifier().stream(), isOfType(ACCESSION));
    if (!own.isEmpty()) {
      return own;
    }
    List<Reference> asked = report.getBasedOn();
    Set<String> ofRequest =
        values(
            Stream.concat(
                asked.stream().map(Reference::getIdentifier),
                all(report, asked, references, ServiceRequest.class).stream()
                    .flatMap(request -> request.getIdentifier().stream())),
            isOfType(ACCESSION));
    return ofRequest.isEmpty()
        ? values(
            Stream.concat(
                report.getImagingStudy().stream().map(Reference::getIdentifier),
                studies.stream().flatMap(study -> study.getIdentifier().stream())),
            isOfType(ACCESSION))
        : ofRequest;
  }

  private static Set<String> values(Stream<Identifier> identifiers, Predicate<Identifier> wanted) {
    Set<String> values = new LinkedHashSet<>();
    identifiers
        .filter(it -> it.hasValue() && wanted.test(it))
        .forEach(it -> values.add(it.getValue().strip()));
    return values;
  }

  private static Predicate<Identifier> isOfType(String code) {
    return identifier ->
        identifier.getType().getCoding().stream().anyMatch(it -> code.equals(it.getCode()));
  }

  private static String studyUid(DiagnosticReport report, List<ImagingStudy> studies) {
    Stream<Identifier> named = report.getImagingStudy().stream().map(Reference::getIdentifier);
    Stream<Identifier> own = studies.stream().flatMap(study -> study.getIdentifier().stream());
    return values(Stream.concat(named, own), it -> DICOM_UID.equals(it.getSystem())).stream()
        .map(uid -> uid.startsWith(OID) ? uid.substring(OID.length()) : uid)
        .findFirst()
        .orElse("");
  }

  private static String number(DiagnosticReport report, Set<String> accessions, String uid) {
    String id = report.getIdElement().getIdPart();
    if (id != null && !id.isBlank()) {
      return id;
    }
    return report.getIdentifier().stream()
        .map(Identifier::getValue)
        .filter(it -> it != null && !it.isBlank())
        .findFirst()
        .orElseGet(() -> accessions.isEmpty() ? uid : String.join(",", accessions));
  }

  /** A status that R4 does not have is null to the parser, and text all the same. */
  private static DiagnosticReportStatus known(DiagnosticReport report) throws ReportException {
    DiagnosticReportStatus status = report.getStatus();
    if (status != null) {
      return status;
    }
    if (MODIFIED.equals(report.getStatusElement().getValueAsString())) {
      return DiagnosticReportStatus.AMENDED;
    }
    throw new ReportException(
        report.hasStatus()
            ? "the report has a status that neither R4 nor R5 knows"
            : "the report has no status");
  }

  private static ReportStatus meant(DiagnosticReportStatus status) {
    return switch (status) {
      case FINAL -> ReportStatus.FINAL;
      case AMENDED, CORRECTED, APPENDED -> ReportStatus.AMENDED;
      default -> ReportStatus.PRELIMINARY;
    };
  }

  private String patientId(DiagnosticReport report, Optional<Patient> patient)
      throws ReportException {
    List<Identifier> given =
        Stream.concat(
                patient.stream().flatMap(it -> it.getIdentifier().stream()),
                Stream.of(report.getSubject().getIdentifier()))
            .filter(Identifier::hasValue)
            .toList();
    Optional<Identifier> fitting =
        given.stream()
            .filter(
                it ->
                    rules
                        .patientSystem()
                        .map(system -> system.equals(it.getSystem()))
                        .orElseGet(() -> isOfType(MEDICAL_RECORD).test(it)))
            .findFirst();
    Optional<Identifier> any =
        rules.patientSystem().isEmpty() ? given.stream().findFirst() : fitting;
    return fitting
        .or(() -> any)
        .map(it -> it.getValue().strip())
        .orElseThrow(() -> new ReportException("the patient has no identifier that can be used"));
  }
}
