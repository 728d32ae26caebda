package io.radstream.serving.worklist;

import io.radstream.schemas.StudyScore;
import java.time.Instant;
import java.util.Map;

/** Records as services write them to the topic of scores. */
public final class Scores {

  /** When the worklists of tests are looked at. */
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Scores() {}

  public static StudyScore score(
      String study, String checkpoint, int minutesAgo, Map<String, Double> probabilities) {
    return score(study, checkpoint, 1, minutesAgo, probabilities);
  }

  static StudyScore score(
      String study,
      String checkpoint,
      long revision,
      int minutesAgo,
      Map<String, Double> probabilities) {
    return StudyScore.newBuilder()
        .setStudyId(study)
        .setCheckpointId(checkpoint)
        .setProbabilities(probabilities)
        .setLatencyMillis(1)
        .setTime(NOW.minusSeconds(60L * minutesAgo))
        .setRevision(revision)
        .build();
  }

  public static StudyScore refused(String study, int minutesAgo) {
    return StudyScore.newBuilder(score(study, "", minutesAgo, Map.of()))
        .setRefused("its views have been taken back")
        .build();
  }
}
