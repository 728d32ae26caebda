package io.radstream.producers.hl7.report;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * How a site's messages are meant.
 *
 * @param accessionFields where the accession number is looked for, in this order
 * @param patientAuthority whose patient numbers count, by the namespace of the assigning authority;
 *     empty: the first that is a medical record number, else the first
 * @param zone of times that name none
 * @param addedIsAmended whether the status A means "with an addendum", as in many report systems,
 *     and not "some, but not all, results", as in the standard
 */
public record ReportRules(
    List<FieldPath> accessionFields,
    Optional<String> patientAuthority,
    ZoneId zone,
    boolean addedIsAmended) {

  /** Most sites' messages are meant so. */
  public static final ReportRules USUAL =
      new ReportRules(
          FieldPath.list("OBR-18,OBR-3,IPC-1"), Optional.empty(), ZoneOffset.UTC, false);

  public ReportRules {
    accessionFields = List.copyOf(accessionFields);
  }
}
