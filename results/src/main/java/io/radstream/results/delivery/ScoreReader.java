package io.radstream.results.delivery;

import io.radstream.producers.crosswalk.CrosswalkReader;
import io.radstream.producers.crosswalk.Lookup;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.ResultId;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyScore;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes results of scores, whatever stands on the topic. */
record ScoreReader(
    RecordReader<StudyScore> reader, CrosswalkReader crosswalk, Withdrawals withdrawals) {

  /** What becomes of a record. */
  sealed interface Read {

    /** It is to be sent. */
    record ToSend(Result result) implements Read {}

    /** There is nothing to send. */
    record Nothing(String why) implements Read {}
  }

  /**
   * @throws io.radstream.schemas.RegistryUnavailableException where the registry does not answer
   * @throws io.radstream.schemas.log.UnreadableTopicException where it cannot be known any more
   *     what was withdrawn
   * @throws IOException where the crosswalk cannot be read
   */
  Read read(ConsumerRecord<byte[], byte[]> record) throws IOException {
    Decoded<StudyScore> read = reader.read(record.topic(), record.value());
    if (!(read instanceof Decoded.Valid<StudyScore> valid)) {
      return new Read.Nothing("unreadable");
    }
    StudyScore score = valid.value();
    if (score.getRefused() != null || score.getProbabilities().isEmpty()) {
      return new Read.Nothing("not scored");
    }
    if (!score.getProbabilities().values().stream().allMatch(it -> it >= 0 && it <= 1)) {
      return new Read.Nothing("impossible");
    }
    if (withdrawals.contains(score.getStudyId())) {
      return new Read.Nothing("withdrawn");
    }
    Lookup found = crosswalk.find(score.getStudyId());
    if (found instanceof Lookup.Known known) {
      ResultId id = new ResultId(score.getStudyId(), score.getRevision(), score.getCheckpointId());
      return new Read.ToSend(
          new Result(id, score.getTime(), score.getProbabilities(), known.study())
              .from(origin(score)));
    }
    return new Read.Nothing(found instanceof Lookup.Forgotten ? "forgotten" : "unknown");
  }

  private static Optional<Result.Origin> origin(StudyScore score) {
    return score.getSource() == null || score.getReceipt() == null
        ? Optional.empty()
        : Optional.of(new Result.Origin(score.getSource(), score.getReceipt()));
  }
}
