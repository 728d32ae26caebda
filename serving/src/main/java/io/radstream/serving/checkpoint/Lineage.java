package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.RecordRef;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * What a checkpoint grew out of.
 *
 * @param runs whose steps are in it, the last first
 * @param before id of the checkpoint that the first of these runs began with, of which no more is
 *     told; empty where it began with none
 */
public record Lineage(List<Run> runs, Optional<String> before) {

  public Lineage {
    runs = List.copyOf(runs);
  }

  /**
   * A run, as far as it went into the checkpoint.
   *
   * @param checkpoint the run's last one that it grew out of, or itself
   * @param firstStep steps that were behind the run when it began; 0 where its beginning is not
   *     known
   * @param step steps behind that checkpoint
   * @param mayRead the run's data
   * @param withdrawn studies that it had read by that step and that were withdrawn since
   * @param firstWithdrawn the step that read the first of them
   */
  public record Run(
      String line,
      String runId,
      String checkpoint,
      long firstStep,
      long step,
      List<Span> mayRead,
      int withdrawn,
      OptionalLong firstWithdrawn) {}

  /**
   * Part of a topic.
   *
   * @param begin first offset; empty in announcements of older versions
   * @param end exclusive
   */
  public record Span(String topic, int partition, OptionalLong begin, long end) {

    static List<Span> of(CheckpointPublished announced) {
      List<RecordRef> ends = announced.getPositions();
      List<Long> begins = announced.getBegins();
      return IntStream.range(0, ends.size())
          .mapToObj(
              i ->
                  new Span(
                      ends.get(i).getTopic(),
                      ends.get(i).getPartition(),
                      i < begins.size() ? OptionalLong.of(begins.get(i)) : OptionalLong.empty(),
                      ends.get(i).getOffset()))
          .toList();
    }
  }
}
