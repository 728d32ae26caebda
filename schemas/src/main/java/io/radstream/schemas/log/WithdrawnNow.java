package io.radstream.schemas.log;

import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import java.util.HashSet;
import java.util.Set;

/** The studies that are withdrawn at present, for who reads once and does not follow. */
public final class WithdrawnNow {

  private WithdrawnNow() {}

  /**
   * One of which the withdrawal cannot be read is among them, too: the record's key names it.
   *
   * @throws UnreadableTopicException where the topic does not exist or cannot be read
   */
  public static Set<String> of(KafkaClients clients, KafkaConnection connection) {
    String topic = connection.topics().of(Topic.STUDIES_WITHDRAWN);
    RecordReader<StudyWithdrawn> reader = new RecordReader<>(StudyWithdrawn.class, connection);
    Set<String> studies = new HashSet<>();
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (reader.read(topic, record.value()) instanceof Decoded.Valid<StudyWithdrawn> valid) {
              studies.add(valid.value().getStudyId());
            } else {
              UnreadableRecord.of(record).key().ifPresent(studies::add);
            }
          });
    }
    return studies;
  }
}
