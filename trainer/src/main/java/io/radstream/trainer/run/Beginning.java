package io.radstream.trainer.run;

import java.nio.file.Path;

/** How a run begins. */
public sealed interface Beginning {

  /** Goes on with the line's last run where the settings are the same, else begins one. */
  record GoOn() implements Beginning {}

  /** Begins a run of the line from its last checkpoint, whatever the settings. */
  record NewRun() implements Beginning {}

  /**
   * Begins a new line from a checkpoint of another; goes on with it where it has begun.
   *
   * @param checkpoint its directory
   */
  record Branch(Path checkpoint) implements Beginning {}
}
