package io.radstream.trainer.tuples;

/**
 * What a run may read of a partition of a source's topic.
 *
 * @param source its name in the run's configuration
 */
public record SourceRange(String source, String topic, OffsetRange range) {}
