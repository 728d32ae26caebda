package io.radstream.trainer.labels;

import io.radstream.model.objective.FindingAucs;
import io.radstream.trainer.tuples.CountedRange;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Labels of studies, in the order of the run's findings. A pure function of topic and ranges. */
public final class StudyLabels {

  private final List<String> findings;
  private final Map<String, float[]> byStudy;
  private final Map<String, float[]> judging;
  private final List<CountedRange> ranges;
  private final FindingSides sides;

  /**
   * @param findings that the run learns
   * @param byStudy one value for each finding: its probability, NaN where it is not known
   * @param judging the same without verdicts
   * @param ranges what was read, one for each partition
   */
  StudyLabels(
      List<String> findings,
      Map<String, float[]> byStudy,
      Map<String, float[]> judging,
      List<CountedRange> ranges) {
    this.findings = List.copyOf(findings);
    this.byStudy = Map.copyOf(byStudy);
    this.judging = Map.copyOf(judging);
    this.ranges = List.copyOf(ranges);
    this.sides = FindingSides.of(findings);
  }

  /** For a run without label supervision. */
  public static StudyLabels none() {
    return new StudyLabels(List.of(), Map.of(), Map.of(), List.of());
  }

  /** Labels of two sources; {@link #ranges} are left out, since they are of two topics. */
  public StudyLabels and(StudyLabels other) {
    return new StudyLabels(
        findings.isEmpty() ? other.findings : findings,
        both(byStudy, other.byStudy),
        both(judging, other.judging),
        List.of());
  }

  private static Map<String, float[]> both(Map<String, float[]> one, Map<String, float[]> other) {
    Map<String, float[]> both = new HashMap<>(one);
    both.putAll(other);
    return both;
  }

  /**
   * Those to judge by: none of them was given by a reader who had seen a score, which would be
   * drawn to it.
   */
  public StudyLabels forJudging() {
    return new StudyLabels(findings, judging, judging, ranges);
  }

  public List<CountedRange> ranges() {
    return ranges;
  }

  /** One value for each finding: its probability, NaN where it is not known. */
  public float[] of(String studyId) {
    float[] known = byStudy.get(studyId);
    if (known != null) {
      return known.clone();
    }
    float[] unknown = new float[findings.size()];
    Arrays.fill(unknown, Float.NaN);
    return unknown;
  }

  /** Whether each finding is one of the run's in a mirrored picture, too. */
  public boolean canMirror() {
    return sides.canMirror();
  }

  /** The same as {@link #of} for the mirrored study; only where that {@link #canMirror can be}. */
  public float[] mirrored(String studyId) {
    return sides.mirror(of(studyId));
  }

  /** Ids of the studies that have a label for any finding of the run. */
  public Set<String> studies() {
    return byStudy.keySet();
  }

  /** Those findings of the run that no study of these has a label for. */
  public List<String> missing(Collection<String> studies) {
    boolean[] known = new boolean[findings.size()];
    for (String study : studies) {
      float[] labels = byStudy.get(study);
      for (int i = 0; labels != null && i < known.length; i++) {
        known[i] |= !Float.isNaN(labels[i]);
      }
    }
    return findings.stream().filter(finding -> !known[findings.indexOf(finding)]).toList();
  }

  /** Those findings of the run that are present in all of these that have a label, or in none. */
  public List<String> alike(Collection<String> studies) {
    boolean[] present = new boolean[findings.size()];
    boolean[] absent = new boolean[findings.size()];
    for (String study : studies) {
      float[] labels = byStudy.get(study);
      for (int i = 0; labels != null && i < present.length; i++) {
        present[i] |= FindingAucs.isPresent(labels[i]);
        absent[i] |= !Float.isNaN(labels[i]) && !FindingAucs.isPresent(labels[i]);
      }
    }
    return IntStream.range(0, present.length)
        .filter(i -> !present[i] || !absent[i])
        .mapToObj(findings::get)
        .toList();
  }

  /** How many of these have a label for any finding of the run. */
  public long labelled(Collection<String> studies) {
    return studies.stream().filter(byStudy::containsKey).count();
  }
}
