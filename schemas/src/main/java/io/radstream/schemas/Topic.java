package io.radstream.schemas;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The topics of Radstream, with the record type of their values. Keys are strings. */
public enum Topic {
  STUDIES("studies", Study.class, Retention.UNLIMITED),
  STUDIES_AUDIT("studies.audit", StudyAudit.class, Retention.UNLIMITED),
  PUBLISH_POSITIONS("publish.positions", SourceMark.class, Retention.COMPACTED),
  STUDIES_WITHDRAWN("studies.withdrawn", StudyWithdrawn.class, Retention.UNLIMITED),
  /** A copy of what studies holds, for a while. */
  STUDIES_VIEWS("studies.views", ViewedStudy.class, Retention.BROKER_DEFAULT),
  STUDIES_REJECTED("studies.rejected", RejectedStudy.class, Retention.UNLIMITED),
  TUPLES_TRAIN("tuples.train", StudyTuple.class, Retention.UNLIMITED),
  TUPLES_VALIDATION("tuples.validation", StudyTuple.class, Retention.UNLIMITED),
  /** Of patients that no run reads, neither to learn nor to choose by. */
  TUPLES_TEST("tuples.test", StudyTuple.class, Retention.UNLIMITED),
  TRAINING_LEDGER("training.ledger", StepRecord.class, Retention.UNLIMITED),
  TRAINING_METRICS("training.metrics", TrainingMetric.class, Retention.UNLIMITED),
  EVALUATIONS("evaluations", Evaluation.class, Retention.UNLIMITED),
  CHECKPOINTS("checkpoints", CheckpointPublished.class, Retention.UNLIMITED),
  LABELS("labels", LabelledStudy.class, Retention.UNLIMITED),
  MODELS_LIVE("models.live", LiveModel.class, Retention.BROKER_DEFAULT),
  MODELS_DECISIONS("models.decisions", ModelDecision.class, Retention.UNLIMITED),
  SCORES("scores", StudyScore.class, Retention.BROKER_DEFAULT),
  /** Scores that a receiver of results refused for good. */
  SCORES_REJECTED("scores.rejected", RejectedStudy.class, Retention.UNLIMITED);

  /** Largest record value, in bytes, that producers send and topics accept. */
  public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

  /**
   * Header of a record on the topic of studies that is sent again after it was rejected: which
   * rejection, so that the stage takes it for new, once.
   */
  public static final String REDRIVE_HEADER = "radstream-redrive";

  /**
   * Header of a record on the topic of studies whose sender has encoded its pictures from pixels
   * itself, so that nobody need prove again that they can be decoded. It holds {@link
   * RecordDigest#bytes}; where those are the value's own, nobody need prove that the views' SHA-256
   * are of their pixels, either.
   */
  public static final String ENCODED_HEADER = "radstream-encoded";

  /** Room for keys, headers, batch framing, and the fields that a rejection adds. */
  private static final int FRAMING_BYTES = 64 * 1024;

  private enum Retention {
    UNLIMITED,
    /** The newest record of each key, for ever. */
    COMPACTED,
    BROKER_DEFAULT
  }

  private final String suffix;
  private final Class<? extends SpecificRecord> recordClass;
  private final Retention retention;

  Topic(String suffix, Class<? extends SpecificRecord> recordClass, Retention retention) {
    this.suffix = suffix;
    this.recordClass = recordClass;
    this.retention = retention;
  }

  /** The name without a prefix; {@link TopicNames} gives the full one. */
  public String suffix() {
    return suffix;
  }

  public Class<? extends SpecificRecord> recordClass() {
    return recordClass;
  }

  /** Topic-level settings with which Radstream creates the topic. */
  public Map<String, String> creationConfig() {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("max.message.bytes", Integer.toString(MAX_RECORD_BYTES + FRAMING_BYTES));
    // The payload is PNG or JPEG: compressing it again costs time and saves nothing.
    config.put("compression.type", "producer");
    if (retention == Retention.COMPACTED) {
      config.put("cleanup.policy", "compact");
    }
    if (retention == Retention.UNLIMITED) {
      // Said, since a broker may have another default: keys come again, and each record counts.
      config.put("cleanup.policy", "delete");
      config.put("retention.ms", "-1");
      config.put("retention.bytes", "-1");
    }
    return config;
  }
}
