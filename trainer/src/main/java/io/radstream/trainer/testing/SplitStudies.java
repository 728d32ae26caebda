package io.radstream.trainer.testing;

import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.trainer.config.LabelRules;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.labels.LabelScan;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.CountedRange;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.TupleCheck;
import io.radstream.trainer.tuples.TupleIndex;
import io.radstream.trainer.tuples.TupleRef;
import io.radstream.trainer.tuples.TupleScan;
import java.util.List;
import java.util.stream.Stream;

/**
 * The studies of a split and where their labels are, as the topics stand when it is found: however
 * many checkpoints are scored on it, they are scored on the same.
 */
public final class SplitStudies {

  /**
   * Of a source.
   *
   * @param labels ranges of its labels topic
   */
  record Part(SourceTopics source, TupleIndex tuples, List<OffsetRange> labels) {

    Part {
      labels = List.copyOf(labels);
    }

    List<TupleRef> refs() {
      return tuples.usable().stream().sorted().toList();
    }

    /** Those to judge by: a verdict of somebody who saw a score is not among them. */
    StudyLabels known(List<String> findings) {
      return LabelScan.read(
              source.clients(), source.connection(), findings, LabelRules.DEFAULT, labels)
          .forJudging();
    }

    Stream<SourceRange> ranges(Topic topic, List<CountedRange> counted) {
      String name = source.connection().topics().of(topic);
      return counted.stream()
          .map(read -> new SourceRange(source.name(), name, read.range(), read.records()));
    }
  }

  private final Topic split;
  private final List<Part> parts;

  private SplitStudies(Topic split, List<Part> parts) {
    this.split = split;
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads the tuples once, to see which there are; a study counts by its newest revision.
   *
   * @param split a topic of tuples
   * @throws IllegalStateException where a topic does not exist
   */
  public static SplitStudies find(List<SourceTopics> sources, Topic split) {
    return new SplitStudies(split, sources.stream().map(source -> find(source, split)).toList());
  }

  private static Part find(SourceTopics source, Topic split) {
    String labels = source.connection().topics().of(Topic.LABELS);
    try (TupleScan tuples =
            TupleScan.open(source.clients(), source.connection(), split, TupleCheck.ofPictures());
        TopicScan known = new TopicScan(source.clients().consumer(), labels)) {
      return new Part(source, tuples.toEnd(), known.extent());
    }
  }

  public Topic split() {
    return split;
  }

  /** Number of studies that have a view. */
  public int size() {
    return parts.stream().mapToInt(part -> part.tuples().size()).sum();
  }

  /** Of the tuples, one for each partition of each source. */
  public List<SourceRange> ranges() {
    return parts.stream().flatMap(part -> part.ranges(split, part.tuples().counted())).toList();
  }

  /** The same, and those of the labels that are read for these findings. */
  List<SourceRange> ranges(List<String> findings) {
    return Stream.concat(
            ranges().stream(),
            parts.stream()
                .flatMap(part -> part.ranges(Topic.LABELS, part.known(findings).ranges())))
        .toList();
  }

  List<Part> parts() {
    return parts;
  }
}
