package io.radstream.producers.publish;

import io.radstream.producers.publish.Preparation.Kind;
import io.radstream.producers.publish.Preparation.Outgoing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends record by record, and remembers nothing: for sources that can be published again. */
final class StreamingOutlet implements Outlet {

  /** All that was sent is told by then; only what the cluster is to be told may be left. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final Producer<String, byte[]> producer;
  private final Counts counts;

  StreamingOutlet(Producer<String, byte[]> producer, Counts counts) {
    this.producer = producer;
    this.counts = counts;
  }

  @Override
  public void send(Sending sending) {
    List<Outgoing> records =
        sending.records().stream().filter(it -> it.kind() != Kind.MARK).toList();
    if (records.isEmpty()) {
      sending.acknowledged();
      return;
    }
    PartRecords part = new PartRecords(sending, records.size());
    for (Outgoing each : records) {
      int size = each.record().value().length;
      // The outcome comes by the callback; waiting for the future would end all pipelining.
      Future<RecordMetadata> unused =
          producer.send(each.record(), part.expect(size, counts.of(each.kind())));
    }
  }

  @Override
  public Optional<String> recall(String markKey) {
    return Optional.empty();
  }

  @Override
  public int partitions(String topic) {
    return producer.partitionsFor(topic).size();
  }

  @Override
  public boolean isOpen() {
    return !counts.hopeless();
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close(LAST_WORDS);
  }
}
