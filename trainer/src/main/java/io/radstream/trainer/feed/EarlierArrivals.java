package io.radstream.trainer.feed;

import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.log.TopicConsumer;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.tuples.TupleCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what an earlier process of a run was given last of a partition. For one thread. */
final class EarlierArrivals {

  private static final Duration POLL = Duration.ofMillis(200);

  private record Entry(String studyId, boolean takenBack) {

    static Entry of(StudyTuple tuple) {
      return new Entry(tuple.getStudyId(), TupleCheck.takesBack(tuple));
    }

    void enter(ReplayWindow window, Arrival arrival) {
      if (takenBack) {
        window.remove(studyId);
      } else {
        window.add(arrival, studyId);
      }
    }
  }

  private record Seen(long offset, Optional<Entry> entry) {}

  private final TopicConsumer log;
  private final Function<ConsumerRecord<byte[], byte[]>, Optional<StudyTuple>> decode;
  private final Arrangement arrangement;

  EarlierArrivals(
      TopicConsumer log,
      Function<ConsumerRecord<byte[], byte[]>, Optional<StudyTuple>> decode,
      Arrangement arrangement) {
    this.log = log;
    this.decode = decode;
    this.arrangement = arrangement;
  }

  /**
   * Fills a window as the earlier process had it.
   *
   * @param begin of the partition
   * @param cursor where the run goes on
   * @param back records to read, where there are so many
   */
  void fill(
      ReplayWindow window, TopicPartition partition, long begin, ArrivalCursor cursor, long back) {
    log.assign(List.of(partition));
    List<Seen> seen = new ArrayList<>();
    long end = cursor.offset();
    // Behind so many offsets there may be fewer records.
    do {
      long start = Math.max(begin, end - back);
      seen.addAll(0, between(partition, start, end));
      end = start;
    } while (arrangement == Arrangement.RANKS && end > begin && seen.size() < back);
    for (int i = 0; i < seen.size(); i++) {
      Arrival arrival = cursor.before(seen.get(i).offset(), seen.size() - i);
      seen.get(i).entry().ifPresent(entry -> entry.enter(window, arrival));
    }
  }

  private List<Seen> between(TopicPartition partition, long start, long end) {
    List<Seen> seen = new ArrayList<>();
    log.seek(partition, start);
    while (log.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : log.await(POLL)) {
        if (record.offset() < end) {
          seen.add(new Seen(record.offset(), decode.apply(record).map(Entry::of)));
        }
      }
    }
    return seen;
  }
}
