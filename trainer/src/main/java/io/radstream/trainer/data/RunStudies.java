package io.radstream.trainer.data;

import io.radstream.schemas.Topic;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.CountedRange;
import io.radstream.trainer.tuples.LeftOut;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.SourceStudies;
import io.radstream.trainer.tuples.TupleIndex;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a run reads.
 *
 * @param labels of all sources together; none without label supervision
 * @param leftOut what this process read and cannot be learned from
 */
public record RunStudies(List<Part> parts, StudyLabels labels, LeftOut leftOut) {

  /**
   * What is read of a source.
   *
   * @param train to learn from; nothing where the run follows the stream
   * @param validation to be measured on; nothing where the run does not validate
   * @param labels what was read of its labels
   */
  public record Part(
      SourceTopics source, TupleIndex train, TupleIndex validation, List<CountedRange> labels) {

    private Stream<SourceRange> ranges() {
      return Stream.of(
              ranges(Topic.TUPLES_TRAIN, train.counted()),
              ranges(Topic.TUPLES_VALIDATION, validation.counted()),
              ranges(Topic.LABELS, labels))
          .flatMap(ranges -> ranges);
    }

    private Stream<SourceStudies> found() {
      return Stream.of(found(Topic.TUPLES_TRAIN, train), found(Topic.TUPLES_VALIDATION, validation))
          .filter(found -> found.isPresent())
          .map(found -> found.get());
    }

    private Optional<SourceStudies> found(Topic topic, TupleIndex index) {
      return index.ranges().isEmpty()
          ? Optional.empty()
          : Optional.of(
              SourceStudies.of(source.name(), source.connection().topics().of(topic), index));
    }

    private Stream<SourceRange> ranges(Topic topic, List<CountedRange> ranges) {
      String name = source.connection().topics().of(topic);
      return ranges.stream()
          .map(read -> new SourceRange(source.name(), name, read.range(), read.records()));
    }
  }

  public RunStudies {
    parts = List.copyOf(parts);
  }

  public int train() {
    return parts.stream().mapToInt(part -> part.train().size()).sum();
  }

  public int validation() {
    return parts.stream().mapToInt(part -> part.validation().size()).sum();
  }

  /** Which tuples these are, for another process that has the ranges. */
  public List<SourceStudies> found() {
    return parts.stream().flatMap(Part::found).toList();
  }

  /** What another process has to read to learn the same. */
  public List<SourceRange> ranges() {
    return parts.stream().flatMap(Part::ranges).toList();
  }
}
