package io.radstream.producers.dicom.deidentify;

import io.radstream.producers.dicom.deidentify.DeidentifySummary.Refusal;
import io.radstream.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what becomes of files. One thread at a time. */
final class Tally {

  private final Map<OutputFolder.Placed, Long> placed = new EnumMap<>(OutputFolder.Placed.class);
  private final Map<RejectionReason, Long> refused = new EnumMap<>(RejectionReason.class);
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, Long> audit = new TreeMap<>();
  private final Set<String> studies = new HashSet<>();
  private long noDicom;
  private long unfinished;

  void add(OutputFolder.Written file, OutputFolder.Placed what) {
    count(file.study(), what);
    if (what == OutputFolder.Placed.WRITTEN) {
      file.audit().forEach((kind, count) -> audit.merge(kind, count, Long::sum));
    }
  }

  void count(String study, OutputFolder.Placed what) {
    placed.merge(what, 1L, Long::sum);
    studies.add(study);
  }

  void refuse(long number, RejectionReason reason, String explanation) {
    refused.merge(reason, 1L, Long::sum);
    explain(number, reason, explanation);
  }

  void explain(long number, RejectionReason reason, String explanation) {
    if (refusals.size() < DeidentifySummary.MOST_REFUSALS) {
      refusals.add(new Refusal(number, reason, explanation));
    }
  }

  void countNoDicom() {
    noDicom++;
  }

  void countUnfinished() {
    unfinished++;
  }

  DeidentifySummary summary(double seconds, boolean complete) {
    return new DeidentifySummary(
        placed.getOrDefault(OutputFolder.Placed.WRITTEN, 0L),
        placed.getOrDefault(OutputFolder.Placed.UNCHANGED, 0L),
        placed.getOrDefault(OutputFolder.Placed.TAKEN, 0L),
        refused,
        noDicom,
        unfinished,
        studies.size(),
        seconds,
        complete,
        refusals,
        audit);
  }
}
