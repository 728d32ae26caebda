package io.radstream.trainer.lineage;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.trainer.ledger.LedgerException;
import io.radstream.trainer.ledger.LedgerReader;
import io.radstream.trainer.lineage.StudyLineage.ReadingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds out from the log what learned from a study. For one thread. */
public final class StudyTrace {

  private final KafkaClients clients;
  private final KafkaConnection connection;

  public StudyTrace(KafkaConnection connection) {
    this(KafkaClients.of(connection), connection);
  }

  public StudyTrace(KafkaClients clients, KafkaConnection connection) {
    this.clients = clients;
    this.connection = connection;
  }

  /**
   * As the log stands now. Reads the ledger and the training tuples of every source that a run of
   * it names.
   *
   * @param studyId pseudonym
   * @throws IOException where the cluster of a source cannot be found: the answer would not be
   *     whole
   * @throws LedgerException where a record of the ledger or of a checkpoint cannot be read
   * @throws IllegalStateException where a topic does not exist
   */
  public StudyLineage of(String studyId) throws IOException {
    StudyReads reads = new StudyReads(studyId, clients, connection);
    try {
      new LedgerReader(clients, connection).forEach(reads::see);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<ReadingRun> runs = reads.runs();
    Map<String, Long> firstReads = new TreeMap<>();
    runs.forEach(run -> firstReads.merge(run.runId(), run.steps().get(0), Math::min));
    return new StudyLineage(
        studyId,
        reads.tuples(),
        reads.isWithdrawn(),
        runs,
        new CheckpointAncestry(announced()).taughtBy(firstReads));
  }

  private List<CheckpointPublished> announced() {
    String topic = connection.topics().of(Topic.CHECKPOINTS);
    RecordReader<CheckpointPublished> reader =
        new RecordReader<>(CheckpointPublished.class, connection);
    List<CheckpointPublished> announced = new ArrayList<>();
    try (TopicScan scan = new TopicScan(clients.consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (!(reader.read(topic, record.value())
                instanceof Decoded.Valid<CheckpointPublished> valid)) {
              throw new LedgerException(
                  "the announcement of a checkpoint at %d@%d of %s cannot be read"
                      .formatted(record.partition(), record.offset(), topic));
            }
            announced.add(valid.value());
          });
    }
    return announced;
  }
}
