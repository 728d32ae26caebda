package io.radstream.schemas.log;

import io.radstream.schemas.TopicNames;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Which failures of reading no patience helps against, and what does. */
final class ReadFailures {

  private ReadFailures() {}

  /**
   * @return the failure as one that waiting does not mend, where it is one; else as it is
   */
  static RuntimeException explained(String topic, KafkaException e) {
    String reason = null;
    if (e instanceof OffsetOutOfRangeException gone) {
      reason = gone(gone.offsetOutOfRangePartitions());
    } else if (e instanceof AuthorizationException) {
      reason = "this user may not; let it describe and read the topic";
    } else if (e instanceof AuthenticationException) {
      reason = "the broker does not accept the login; look at the client's settings";
    } else if (e instanceof UnsupportedVersionException) {
      reason = "the broker is too old for this version";
    } else if (e instanceof RecordTooLargeException) {
      reason = "a record is larger than what is fetched; raise max.partition.fetch.bytes";
    } else if (e instanceof InvalidTopicException) {
      reason = "the broker does not take that name; look at the topic prefix";
    } else if (e instanceof ConfigException) {
      reason = "the client's settings are wrong";
    } else if (isWithoutLibrary(e)) {
      reason =
          "its records are compressed, and what decompresses them could not be put into the"
              + " temporary directory, or not be run from there; make room for it, or name another"
              + " one by java.io.tmpdir, and start again";
    }
    return reason == null
        ? e
        : new UnreadableTopicException(
            "topic %s cannot be read: %s (%s)".formatted(topic, reason, e.getMessage()), e);
  }

  /** Java tries only once to load a library's class: no room that comes later changes that. */
  private static boolean isWithoutLibrary(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause)
        .anyMatch(LinkageError.class::isInstance);
  }

  private static String gone(Map<TopicPartition, Long> offsets) {
    return offsets.entrySet().stream()
            .findFirst()
            .map(at -> "%s offset %d is gone".formatted(at.getKey(), at.getValue()))
            .orElse("an offset is gone")
        + "; the topic was cut by its retention, or deleted and made again";
  }

  static UnreadableTopicException missing(String topic) {
    return new UnreadableTopicException(
        "topic %s does not exist; create it with: %s"
            .formatted(topic, TopicNames.with(topic).creation()));
  }
}
