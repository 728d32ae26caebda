package io.radstream.producers.dicom.deidentify;

import io.radstream.schemas.RejectionReason;
import java.util.List;
import java.util.Map;

/**
 * What became of the files of a directory. Every DICOM file that was read is in exactly one of
 * written, unchanged, taken and refused.
 *
 * @param written files
 * @param unchanged files that were there before: made of the same file in the same way, or byte for
 *     byte the same
 * @param taken files in whose place another one is, which was left as it is
 * @param refused files by reason
 * @param noDicom files that are none, and directories of media
 * @param unfinished files that changed or vanished while they were read
 * @param studies that files were written of, or were there
 * @param complete false where it was asked to stop
 * @param refusals the first few files that were not written, and why
 * @param audit what was done to the files that were written: kind to count
 */
public record DeidentifySummary(
    long written,
    long unchanged,
    long taken,
    Map<RejectionReason, Long> refused,
    long noDicom,
    long unfinished,
    long studies,
    double seconds,
    boolean complete,
    List<Refusal> refusals,
    Map<String, Long> audit) {

  /** Refusals that are kept for the reader. */
  public static final int MOST_REFUSALS = 100;

  /**
   * The file {@code number} of those that were read, in the order of names, and why it is not
   * taken.
   */
  public record Refusal(long number, RejectionReason reason, String explanation) {}

  public DeidentifySummary {
    refused = Map.copyOf(refused);
    refusals = List.copyOf(refusals);
    audit = Map.copyOf(audit);
  }

  /** Files refused for whatever reason. */
  public long refusedTotal() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
