package io.radstream.producers.fhir;

import io.radstream.producers.notice.RepeatedWarnings;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.Receipt;
import io.radstream.schemas.RejectionReason;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;
import org.hl7.fhir.r4.model.DiagnosticReport;

/**
 * Takes reports of a server that were not dealt with before, and keeps account of what becomes of
 * them. For one thread.
 */
final class Intake {

  private final ReportSending sending;
  private final Pseudonymizer pseudonymizer;
  private final InstantSource clock;
  private final RepeatedWarnings warnings;
  private final String server;
  private final Postponed postponed = new Postponed();

  /**
   * @param server its name, for warnings
   */
  Intake(
      ReportSending sending,
      Pseudonymizer pseudonymizer,
      InstantSource clock,
      RepeatedWarnings warnings,
      String server) {
    this.sending = sending;
    this.pseudonymizer = pseudonymizer;
    this.clock = clock;
    this.warnings = warnings;
    this.server = server;
  }

  /**
   * @return false where it was dealt with before
   * @throws FhirException where nothing else would fare better now
   */
  boolean take(DiagnosticReport report, References references, Progress progress)
      throws FhirException {
    Optional<Revision> revision = Revision.of(report, pseudonymizer);
    if (revision.filter(progress::has).isPresent()) {
      return false;
    }
    Receipt receipt = account(revision, progress);
    try {
      sending.send(report, references, receipt);
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof FhirException failure)) {
        throw e;
      }
      if (failure.concernsAll()) {
        throw failure;
      }
      postpone(report, revision, failure, receipt);
    }
    return true;
  }

  private void postpone(
      DiagnosticReport report,
      Optional<Revision> revision,
      FhirException failure,
      Receipt receipt) {
    if (revision.filter(it -> postponed.isHopeless(it, clock.instant())).isPresent()) {
      String explanation = "what the report refers to cannot be read: " + failure.getMessage();
      sending.refuse(report, RejectionReason.OTHER, explanation, receipt);
    } else {
      warnings.warn(server, "a report waits for what it refers to: " + failure.getMessage());
      receipt.failed(failure.getMessage());
    }
  }

  private static Receipt account(Optional<Revision> revision, Progress progress) {
    return new Receipt() {
      @Override
      public void acknowledged() {
        revision.ifPresent(progress::dealtWith);
      }

      @Override
      public void refused(RejectionReason reason, String explanation) {
        revision.ifPresent(progress::dealtWith);
      }

      @Override
      public void failed(String explanation) {
        revision.ifPresent(progress::owed);
      }
    };
  }

  /** Waits for what is under way. */
  void settle() {
    sending.settle();
  }
}
