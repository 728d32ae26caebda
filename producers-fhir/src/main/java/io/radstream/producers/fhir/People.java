package io.radstream.producers.fhir;

import io.radstream.producers.publish.Identifying;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;

/** Gathers whom and what a report's resources name, so that it can be found in the text. */
final class People {

  /** A shorter one says nothing: it would be found in any text. */
  private static final int MIN_NUMBER = 4;

  private final Set<String> names = new HashSet<>();
  private final Set<String> numbers = new HashSet<>();
  private final Set<String> addresses = new HashSet<>();
  private final Set<String> births = new HashSet<>();

  private People() {}

  /**
   * @param around the studies and requests of the report
   * @param also numbers
   */
  static Identifying in(
      DiagnosticReport report,
      Optional<Patient> patient,
      List<DomainResource> around,
      References references,
      Set<String> also) {
    People people = new People();
    patient.ifPresent(people::add);
    patient.ifPresent(
        it -> it.getGeneralPractitioner().forEach(each -> people.staff(it, each, references)));
    people.display(report.getSubject());
    Stream.of(report.getPerformer(), report.getResultsInterpreter())
        .flatMap(List::stream)
        .forEach(each -> people.staff(report, each, references));
    for (DomainResource each : around) {
      staffOf(each).forEach(person -> people.staff(each, person, references));
    }
    report.getIdentifier().forEach(people::number);
    also.forEach(people::number);
    return new Identifying(people.names, people.numbers, people.addresses)
        .withBirthDates(people.births);
  }

  private static Stream<Reference> staffOf(DomainResource resource) {
    if (resource instanceof ImagingStudy study) {
      return Stream.concat(Stream.of(study.getReferrer()), study.getInterpreter().stream());
    }
    return resource instanceof ServiceRequest request
        ? Stream.concat(Stream.of(request.getRequester()), request.getPerformer().stream())
        : Stream.empty();
  }

  /** Somebody, or somebody in a role. */
  private void staff(DomainResource from, Reference person, References references) {
    display(person);
    boolean role = person.hasReference() && person.getReference().contains("PractitionerRole");
    if (role) {
      references
          .find(from, person, PractitionerRole.class)
          .ifPresent(found -> practitioner(found, found.getPractitioner(), references));
    } else {
      practitioner(from, person, references);
    }
  }

  private void practitioner(DomainResource from, Reference person, References references) {
    display(person);
    references
        .find(from, person, Practitioner.class)
        .ifPresent(found -> found.getName().forEach(this::name));
  }

  private void add(Patient patient) {
    patient.getName().forEach(this::name);
    patient.getIdentifier().forEach(this::number);
    patient.getTelecom().forEach(this::telecom);
    patient.getAddress().forEach(this::address);
    if (patient.hasBirthDate()) {
      births.add(patient.getBirthDateElement().getValueAsString());
    }
    for (Patient.ContactComponent contact : patient.getContact()) {
      name(contact.getName());
      contact.getTelecom().forEach(this::telecom);
      address(contact.getAddress());
    }
  }

  /** As DICOM writes them. */
  private void name(HumanName name) {
    Stream<String> given = name.getGiven().stream().map(StringType::getValue);
    addName(
        String.join(
            "^",
            Stream.concat(Stream.ofNullable(name.getFamily()), given)
                .filter(part -> part != null && !part.isBlank())
                .map(String::strip)
                .toList()));
    addName(name.getText());
  }

  private void display(Reference reference) {
    addName(reference.getDisplay());
  }

  private void addName(String name) {
    if (name != null && name.chars().anyMatch(Character::isLetter)) {
      names.add(name.strip());
    }
  }

  private void number(Identifier identifier) {
    number(identifier.getValue());
  }

  private void number(String number) {
    if (number != null && number.strip().length() >= MIN_NUMBER) {
      numbers.add(number.strip());
    }
  }

  private void telecom(ContactPoint telecom) {
    number(telecom.getValue());
  }

  /** Not the state and the country, which name nobody. */
  private void address(Address address) {
    Stream<String> lines = address.getLine().stream().map(StringType::getValue);
    Stream.concat(lines, Stream.of(address.getCity(), address.getPostalCode()))
        .filter(part -> part != null && !part.isBlank())
        .map(String::strip)
        .forEach(addresses::add);
  }
}
