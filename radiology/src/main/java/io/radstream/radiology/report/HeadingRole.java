package io.radstream.radiology.report;

import io.radstream.radiology.report.ReportSections.Kind;
import java.util.Set;

/** What the text under a heading is. */
enum HeadingRole {
  FINDINGS,
  IMPRESSION,
  BOTH,

  /** Of the patient, the request or the examination: no picture shows it. */
  CONTEXT,

  /** Behind the report: advice, signatures, attestations, numbers. */
  CLOSING,

  /** The report itself begins: what stands before it was preliminary. */
  FINAL;

  /** What the text is worth; empty: nothing. */
  Set<Kind> kinds() {
    return switch (this) {
      case FINDINGS -> Set.of(Kind.FINDINGS);
      case IMPRESSION -> Set.of(Kind.IMPRESSION);
      case BOTH -> Set.of(Kind.FINDINGS, Kind.IMPRESSION);
      case CONTEXT, CLOSING, FINAL -> Set.of();
    };
  }

  boolean isKept() {
    return !kinds().isEmpty();
  }
}
