package io.radstream.trainer.ledger;

import io.radstream.schemas.ReadPosition;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.trainer.feed.Draft;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.tuples.SourceRanges;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the records of a run's steps. */
public final class StepRecords {

  private static final long UNKNOWN = -1;

  private final String runId;
  private final Map<String, String> topics;

  public StepRecords(String runId, Collection<SourceTopics> sources) {
    this.runId = runId;
    this.topics =
        sources.stream()
            .collect(
                Collectors.toMap(
                    SourceTopics::name,
                    source -> source.connection().topics().of(Topic.TUPLES_TRAIN)));
  }

  /**
   * What is known before it is known whether the weights are to be digested.
   *
   * @param step number of steps that the line has behind it with this one
   * @param seed of the step
   */
  public StepRecord.Builder of(
      long step,
      long seed,
      TrainingBatch batch,
      Map<String, Double> rates,
      Map<String, Double> losses) {
    Draft draft = batch.draft();
    return StepRecord.newBuilder()
        .setRunId(runId)
        .setStep(step)
        .setSeed(seed)
        .setReads(map(draft.reads(), this::read))
        .setBatchDigest(batch.digest())
        .setLearningRates(rates)
        .setLosses(losses)
        .setNext(map(draft.next(), this::position))
        .setPassedOver(SourceRanges.toRecords(draft.passedOver()));
  }

  private StudyRead read(Read read) {
    return new StudyRead(
        read.source(),
        new RecordRef(topics.get(read.source()), read.ref().partition(), read.ref().offset()),
        read.draw(),
        read.rank());
  }

  private ReadPosition position(SourcePosition position) {
    String topic = topics.get(position.source());
    List<Integer> partitions = position.offsets().keySet().stream().sorted().toList();
    return new ReadPosition(
        position.source(),
        position.epoch(),
        position.position(),
        map(partitions, at -> new RecordRef(topic, at, position.offsets().get(at))),
        map(partitions, at -> position.ranks().getOrDefault(at, UNKNOWN)));
  }

  private static <T, R> List<R> map(List<T> values, Function<T, R> function) {
    return values.stream().map(function).toList();
  }
}
