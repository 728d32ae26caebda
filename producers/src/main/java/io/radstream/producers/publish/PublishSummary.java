package io.radstream.producers.publish;

import io.radstream.producers.publish.Preparation.Kind;
import io.radstream.schemas.RejectionReason;
import java.util.List;
import java.util.Map;

/**
 * What became of a source. Every item that was read is in exactly one of sent, refused and failed.
 *
 * @param source the source's name
 * @param sent parts of studies that the cluster has acknowledged
 * @param corrections records that take back what earlier ones said, acknowledged
 * @param labelled label records that the cluster has acknowledged
 * @param labelsFailed label records that were sent, but not acknowledged
 * @param refused items that were not sent, by reason
 * @param failed parts of studies that were sent, but not acknowledged
 * @param bytes of the studies that were acknowledged
 * @param seconds from first to last
 * @param complete false where the cluster failed so that the rest of the source was not read
 * @param refusals the first few refused items, with an explanation
 * @param failures the first few distinct reasons why deliveries failed
 */
public record PublishSummary(
    String source,
    long sent,
    long corrections,
    long labelled,
    long labelsFailed,
    Map<RejectionReason, Long> refused,
    long failed,
    long bytes,
    double seconds,
    boolean complete,
    List<Refusal> refusals,
    List<String> failures) {

  /** How many refusals and failures are kept for the reader. */
  public static final int EXAMPLES = 10;

  /** Item {@code number} of the source and why it was not sent. */
  public record Refusal(long number, RejectionReason reason, String explanation) {}

  public PublishSummary {
    refused = Map.copyOf(refused);
    refusals = List.copyOf(refusals);
    failures = List.copyOf(failures);
  }

  static PublishSummary of(
      String source, Counts counts, Refusals refusals, double seconds, boolean complete) {
    Deliveries studies = counts.of(Kind.STUDY);
    Deliveries labels = counts.of(Kind.LABELS);
    return new PublishSummary(
        source,
        studies.sent(),
        counts.of(Kind.CORRECTION).sent(),
        labels.sent(),
        labels.failed(),
        refusals.counts(),
        studies.failed() + counts.of(Kind.CORRECTION).failed() + counts.of(Kind.AUDIT).failed(),
        studies.bytes(),
        seconds,
        complete,
        refusals.examples(),
        counts.failures());
  }

  /** Items refused for whatever reason. */
  public long refusedTotal() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }
}
