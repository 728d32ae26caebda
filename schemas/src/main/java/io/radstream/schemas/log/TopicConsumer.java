package io.radstream.schemas.log;

import io.radstream.schemas.RegistryUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of one topic, and the patience with which it is asked: what passes is waited for and
 * told in the log, what does not ends in an {@link UnreadableTopicException}, and where patience
 * has an end, that is a {@link TimeoutException}. Reads no further than what was committed and
 * chooses no offset. For one thread; closed with its consumer.
 */
public final class TopicConsumer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicConsumer.class);

  /** Of one question to the broker, so that it is soon told that there is no answer. */
  private static final Duration QUESTION = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Patience patience;
  private Patience.Wait forRecords;

  public TopicConsumer(Consumer<byte[], byte[]> consumer, String topic, Patience patience) {
    this.consumer = consumer;
    this.topic = topic;
    this.patience = patience;
    this.forRecords = patience.begin();
  }

  public String topic() {
    return topic;
  }

  /** Those of the topic; none where it does not exist. */
  public List<TopicPartition> partitionsIfAny() {
    return partitions(ask(() -> consumer.partitionsFor(topic, QUESTION)));
  }

  /**
   * @throws UnreadableTopicException where the topic does not exist
   */
  public List<TopicPartition> partitions() {
    List<TopicPartition> found = partitionsIfAny();
    if (found.isEmpty()) {
      throw ReadFailures.missing(topic);
    }
    return found;
  }

  static List<TopicPartition> partitions(List<PartitionInfo> infos) {
    return infos == null
        ? List.of()
        : infos.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
  }

  public Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
    return ask(() -> consumer.beginningOffsets(partitions, QUESTION));
  }

  /** As far as was committed. */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return ask(() -> consumer.endOffsets(partitions, QUESTION));
  }

  /** Of the next record; marks of transactions are passed. */
  public long position(TopicPartition partition) {
    return ask(() -> consumer.position(partition, QUESTION));
  }

  public void assign(Collection<TopicPartition> partitions) {
    consumer.assign(partitions);
  }

  public Collection<TopicPartition> assigned() {
    return consumer.assignment();
  }

  public void seek(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
  }

  public void pause(Collection<TopicPartition> partitions) {
    consumer.pause(partitions);
  }

  public void resume(Collection<TopicPartition> partitions) {
    consumer.resume(partitions);
  }

  /** What may have come. */
  public ConsumerRecords<byte[], byte[]> poll(Duration time) {
    return ask(() -> consumer.poll(time));
  }

  /** What {@link #await} is asked for from here on has not been waited for yet. */
  public void beginWaiting() {
    forRecords = patience.begin();
  }

  /**
   * What is there, but may not have come yet.
   *
   * @throws UnreadableTopicException where nothing comes for as long as patience lasts
   */
  public ConsumerRecords<byte[], byte[]> await(Duration time) {
    ConsumerRecords<byte[], byte[]> records = poll(time);
    if (!records.isEmpty()) {
      forRecords = patience.begin();
    } else if (forRecords.spent(time)) {
      LOG.warn("waiting for records of {} for {} s; is the broker up?", at(), forRecords.seconds());
    }
    if (forRecords.isOver()) {
      throw new UnreadableTopicException(
          "no record of %s came for %d s; is the broker up?".formatted(at(), forRecords.seconds()));
    }
    return records;
  }

  private String at() {
    StringBuilder at = new StringBuilder();
    for (TopicPartition partition : consumer.assignment()) {
      if (!consumer.paused().contains(partition)) {
        at.append(at.isEmpty() ? "" : ", ")
            .append(partition)
            .append(" offset ")
            .append(position(partition));
      }
    }
    return at.isEmpty() ? topic : at.toString();
  }

  /** Does what may find the registry away, until it is not. */
  public <T> T decode(Supplier<T> reading) {
    return again(
        reading, RegistryUnavailableException.class, "the schema registry cannot be asked");
  }

  private <T> T ask(Supplier<T> question) {
    try {
      return again(question, RetriableException.class, "the broker does not answer");
    } catch (KafkaException e) {
      throw ReadFailures.explained(topic, e);
    }
  }

  private <T> T again(
      Supplier<T> attempt, Class<? extends RetriableException> passing, String trouble) {
    Patience.Wait wait = patience.begin();
    while (true) {
      try {
        return attempt.get();
      } catch (RetriableException e) {
        if (!passing.isInstance(e)) {
          throw e;
        }
        boolean tell = e instanceof TimeoutException && wait.spent(QUESTION);
        if (wait.isOver()) {
          throw new TimeoutException(
              "cannot read topic %s: %s, waited %d s; is it up, and can it be reached? (%s)"
                  .formatted(topic, trouble, wait.seconds(), e.getMessage()),
              e);
        }
        if (wait.pause() || tell) {
          LOG.warn(
              "cannot read topic {} now: {}, waited {} s: {}",
              topic,
              trouble,
              wait.seconds(),
              e.getMessage());
        }
      }
    }
  }

  /** Ends what another thread waits for in here. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
