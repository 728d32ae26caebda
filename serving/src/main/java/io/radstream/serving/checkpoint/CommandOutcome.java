package io.radstream.serving.checkpoint;

import io.radstream.serving.decisions.Decision;
import io.radstream.serving.decisions.Objection;

/** What became of something that was asked for by hand. */
public sealed interface CommandOutcome {

  /** It is recorded, and carried out here. */
  record Done(Decision decision) implements CommandOutcome {}

  /** It would have had no effect, or had none. */
  record Overruled(Objection objection) implements CommandOutcome {}

  /** No checkpoint of that id was announced. */
  record NoSuchCheckpoint(String id) implements CommandOutcome {}

  /** The checkpoint cannot be loaded here. */
  record NotLoadable(String id, String reason) implements CommandOutcome {}

  /**
   * Nothing says that it is recorded, and so it is not carried out. A record that was on its way
   * may come to be there all the same, and is carried out then.
   */
  record Unrecorded(String reason) implements CommandOutcome {}
}
