package io.radstream.serving.worklist;

import io.radstream.schemas.StudyScore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A study as it was scored last, and before that by another checkpoint.
 *
 * @param revision of the views that were scored
 * @param checkpoint empty where it could not be scored
 * @param refused why it could not
 * @param before the last score of the same views by another checkpoint
 */
public record ListedStudy(
    String studyId,
    long revision,
    Instant scoredAt,
    String checkpoint,
    Map<String, Double> probabilities,
    Optional<String> refused,
    Optional<OtherScore> before) {

  /** What another checkpoint made of the same views. */
  public record OtherScore(String checkpoint, Map<String, Double> probabilities) {

    public OtherScore {
      probabilities = Map.copyOf(probabilities);
    }
  }

  public ListedStudy {
    probabilities = Map.copyOf(probabilities);
  }

  static ListedStudy of(StudyScore score) {
    return new ListedStudy(
        score.getStudyId(),
        score.getRevision(),
        score.getTime(),
        score.getCheckpointId(),
        score.getProbabilities(),
        Optional.ofNullable(score.getRefused()),
        Optional.empty());
  }

  /** What the study is once that score of it came behind this one. */
  ListedStudy then(ListedStudy later) {
    if (later.revision != revision) {
      return later.revision > revision ? later : this;
    }
    if (refused.isPresent()) {
      return later;
    }
    if (later.refused.isPresent()) {
      return this;
    }
    return later.with(
        later.checkpoint.equals(checkpoint)
            ? before
            : Optional.of(new OtherScore(checkpoint, probabilities)));
  }

  private ListedStudy with(Optional<OtherScore> other) {
    return new ListedStudy(studyId, revision, scoredAt, checkpoint, probabilities, refused, other);
  }

  /** Whether it is a checkpoint whose score is known here. */
  public boolean isScoredBy(String id) {
    return refused.isEmpty()
        && (checkpoint.equals(id)
            || before.filter(other -> other.checkpoint().equals(id)).isPresent());
  }

  /** By that checkpoint; none where it {@link #isScoredBy did not}. */
  public Map<String, Double> probabilitiesBy(String id) {
    return checkpoint.equals(id)
        ? probabilities
        : before
            .filter(other -> other.checkpoint().equals(id))
            .map(OtherScore::probabilities)
            .orElse(Map.of());
  }
}
