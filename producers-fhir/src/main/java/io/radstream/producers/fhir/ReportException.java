package io.radstream.producers.fhir;

/** Why a report cannot be taken. Holds nothing of the report. */
final class ReportException extends Exception {

  private static final long serialVersionUID = 1L;

  ReportException(String explanation) {
    super(explanation);
  }
}
