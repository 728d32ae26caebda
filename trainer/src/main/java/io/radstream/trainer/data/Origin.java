package io.radstream.trainer.data;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.trainer.checkpoint.RunPlace;
import java.io.IOException;
import java.util.Optional;

/**
 * What a run's weights grow out of.
 *
 * @param checkpoint what to load; empty for a new line
 * @param place where the run that wrote it stood then; present where the checkpoint is
 */
public record Origin(Optional<Checkpoint> checkpoint, Optional<RunPlace> place) {

  /** Of a new line. */
  public static final Origin NONE = new Origin(Optional.empty(), Optional.empty());

  /**
   * @throws IOException where the checkpoint does not tell where its run stood
   */
  public static Origin of(Optional<Checkpoint> checkpoint) throws IOException {
    return new Origin(checkpoint, RunPlace.of(checkpoint));
  }

  /** Of the checkpoint. */
  public Optional<String> id() {
    return checkpoint.map(Checkpoint::id);
  }
}
