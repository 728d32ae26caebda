package io.radstream.serving.checkpoint;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.schemas.log.UnreadableRecord;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes withdrawals to the catalog. Where one cannot be read, the runs that learned from the study
 * are not known, and so no checkpoint is flagged: that is told until the study is withdrawn again.
 */
public final class WithdrawalListener implements TopicFollower.Listener<StudyWithdrawn> {

  private static final Logger LOG = LoggerFactory.getLogger(WithdrawalListener.class);

  private final CheckpointCatalog catalog;

  /** A topic of nothing but damage must not fill the memory; so many are told of as well. */
  private static final int MOST = 10_000;

  /** Keys, or places where there is none. */
  private final Set<String> unread = ConcurrentHashMap.newKeySet();

  public WithdrawalListener(CheckpointCatalog catalog, MeterRegistry meters) {
    this.catalog = catalog;
    Gauge.builder("radstream.withdrawals.unread", unread, Set::size)
        .description("Studies whose withdrawal cannot be read, so that no checkpoint is flagged")
        .register(meters);
  }

  @Override
  public void accept(List<StudyWithdrawn> studies, boolean caughtUp) {
    catalog.withdrawn(studies, caughtUp);
    studies.forEach(study -> unread.remove(study.getStudyId()));
  }

  @Override
  public void unreadable(List<UnreadableRecord> records) {
    for (UnreadableRecord record : records) {
      if (unread.size() < MOST) {
        unread.add(place(record));
      }
      LOG.atWarn()
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .log(
              "a withdrawal cannot be read: it is not known which checkpoints have seen the study,"
                  + " and none is flagged; withdraw it again");
    }
  }

  private static String place(UnreadableRecord record) {
    return record.key().orElseGet(() -> "at %d@%d".formatted(record.partition(), record.offset()));
  }
}
