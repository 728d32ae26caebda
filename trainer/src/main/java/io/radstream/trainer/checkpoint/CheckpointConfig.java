package io.radstream.trainer.checkpoint;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.ModelCard;
import io.radstream.checkpoints.NewerSettingsException;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.tuples.SourceRange;
import java.io.IOException;
import java.util.List;

/** The configuration of the run that wrote a checkpoint. */
public final class CheckpointConfig {

  private CheckpointConfig() {}

  /**
   * @throws IOException where it cannot be read
   */
  public static RunConfig of(Checkpoint checkpoint) throws IOException {
    try {
      return RunConfig.fromJson(checkpoint.configuration());
    } catch (InvalidConfigException e) {
      throw e.getCause() instanceof NewerSettingsException
          ? new IOException(
              "checkpoint %s: %s".formatted(checkpoint.directory(), e.getMessage()), e)
          : checkpoint.damaged(Checkpoint.CONFIG, e);
    }
  }

  /**
   * What a checkpoint's card says of the run.
   *
   * @param ranges that it may read
   */
  public static ModelCard card(RunConfig config, List<SourceRange> ranges) {
    return new ModelCard(
        config.model(),
        config.schedule().steps(),
        config.batch(),
        ranges.stream().map(CheckpointConfig::row).toList());
  }

  private static ModelCard.Range row(SourceRange range) {
    return new ModelCard.Range(
        range.source(),
        range.topic(),
        range.range().partition(),
        range.range().begin(),
        range.range().end());
  }
}
