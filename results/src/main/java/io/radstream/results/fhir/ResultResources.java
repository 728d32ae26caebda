package io.radstream.results.fhir;

import ca.uhn.fhir.context.FhirContext;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.ResultId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/**
 * A result as a device, an observation by that device with one component for each finding, and a
 * preliminary report on it. Patient, order and study are named by their identifiers alone: what the
 * server calls them is not known here. R4 lets no device be the performer of a report or an
 * observation; it has a place of its own in the observation.
 */
final class ResultResources {

  /** Making one costs a second; it is thread-safe. */
  private final FhirContext context = FhirContext.forR4Cached();

  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

  private final FhirNames names;

  ResultResources(FhirNames names) {
    this.names = names;
  }

  /** In the order in which one refers to the other; each has its id. */
  List<DomainResource> of(Result result) {
    Device device = device(result.id());
    Observation observation = observation(result, device);
    return List.of(device, observation, report(result, observation));
  }

  /** All in one, to be posted to a server's root. */
  Bundle transaction(Result result) {
    Bundle bundle = new Bundle();
    bundle.setType(Bundle.BundleType.TRANSACTION);
    for (DomainResource resource : of(result)) {
      String address = resource.fhirType() + "/" + resource.getIdPart();
      Bundle.BundleEntryComponent entry = bundle.addEntry().setResource(resource);
      entry.getRequest().setMethod(Bundle.HTTPVerb.PUT).setUrl(address);
    }
    return bundle;
  }

  String json(org.hl7.fhir.r4.model.Resource resource) {
    return context.newJsonParser().setPrettyPrint(false).encodeResourceToString(resource);
  }

  private static Device device(ResultId id) {
    Device device = new Device();
    device.setId("radstream-" + new ResultId("", 0, id.checkpointId()).hex("device", 32));
    device.setStatus(Device.FHIRDeviceStatus.ACTIVE);
    device.setManufacturer("Radstream");
    device.addDeviceName().setName("Radstream").setType(Device.DeviceNameType.MODELNAME);
    device.addVersion().setValue(id.checkpointId());
    device.addNote(new Annotation().setText(Result.NOTICE));
    return device;
  }

  private Observation observation(Result result, Device device) {
    Observation observation = new Observation();
    observation.setId("radstream-" + result.id().hex("observation", 32));
    observation.setStatus(Observation.ObservationStatus.PRELIMINARY);
    observation.addCategory(
        concept("http://terminology.hl7.org/CodeSystem/observation-category", "imaging"));
    observation.setCode(text("Probabilities of findings"));
    patient(result.study()).ifPresent(observation::setSubject);
    order(result.study()).ifPresent(observation::addBasedOn);
    imaging(result.study()).ifPresent(observation::addPartOf);
    observation.setEffective(time(result));
    observation.setIssuedElement(issued(result));
    observation.setDevice(new Reference("Device/" + device.getIdPart()));
    observation.addNote(new Annotation().setText(Result.NOTICE));
    result
        .probabilities()
        .forEach(
            (finding, probability) ->
                observation
                    .addComponent()
                    .setCode(text(finding))
                    .setValue(
                        new Quantity()
                            .setValue(Result.written(probability))
                            .setSystem("http://unitsofmeasure.org")
                            .setCode("1")));
    return observation;
  }

  private DiagnosticReport report(Result result, Observation observation) {
    DiagnosticReport report = new DiagnosticReport();
    report.setId("radstream-" + result.id().hex("report", 32));
    report.setStatus(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    report.addCategory(concept("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD"));
    report.setCode(text("Radiograph of the chest, scored by a network"));
    patient(result.study()).ifPresent(report::setSubject);
    order(result.study()).ifPresent(report::addBasedOn);
    imaging(result.study()).ifPresent(report::addImagingStudy);
    report.setEffective(time(result));
    report.setIssuedElement(issued(result));
    report.addResult(new Reference("Observation/" + observation.getIdPart()));
    report.setConclusion(Result.NOTICE);
    return report;
  }

  private Optional<Reference> patient(KnownStudy study) {
    return named("Patient", names.patients(), study.patientId());
  }

  private Optional<Reference> order(KnownStudy study) {
    return named("ServiceRequest", names.accessions(), study.accession());
  }

  private static Optional<Reference> imaging(KnownStudy study) {
    String uid = study.studyUid().isEmpty() ? "" : "urn:oid:" + study.studyUid();
    return named("ImagingStudy", Optional.of("urn:dicom:uid"), uid);
  }

  private static Optional<Reference> named(String type, Optional<String> system, String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Identifier identifier = new Identifier().setValue(value);
    system.ifPresent(identifier::setSystem);
    return Optional.of(new Reference().setType(type).setIdentifier(identifier));
  }

  private static DateTimeType time(Result result) {
    DateTimeType time = new DateTimeType(Date.from(result.time()));
    time.setTimeZone(UTC);
    return time;
  }

  private static InstantType issued(Result result) {
    InstantType issued = new InstantType(Date.from(result.time()));
    issued.setTimeZone(UTC);
    return issued;
  }

  private static CodeableConcept text(String text) {
    return new CodeableConcept().setText(text);
  }

  private static CodeableConcept concept(String system, String code) {
    return new CodeableConcept().addCoding(new Coding().setSystem(system).setCode(code));
  }
}
