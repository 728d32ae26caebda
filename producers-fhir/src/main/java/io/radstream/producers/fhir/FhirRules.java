package io.radstream.producers.fhir;

import java.util.Optional;

/**
 * How a site's resources are meant.
 *
 * @param patientSystem of the identifier that the site's other systems know a patient by; empty:
 *     the first that is a medical record number, else the first
 */
public record FhirRules(Optional<String> patientSystem) {}
