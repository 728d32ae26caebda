package io.radstream.results.fhir;

import java.util.Optional;

/**
 * By what a server tells identifiers apart.
 *
 * @param patients the system of patients' numbers; empty: they are written without one
 * @param accessions the system of accession numbers; likewise
 */
public record FhirNames(Optional<String> patients, Optional<String> accessions) {

  /** Of a server that has one kind of each. */
  public static final FhirNames NONE = new FhirNames(Optional.empty(), Optional.empty());
}
