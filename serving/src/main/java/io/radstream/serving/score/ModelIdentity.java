package io.radstream.serving.score;

import java.time.Instant;
import java.util.Objects;

/**
 * Which checkpoint answers.
 *
 * @param checkpointId as announced
 * @param line model line
 * @param step optimizer steps behind the checkpoint
 * @param loadedAt when it was ready to answer
 * @param content what it is made of
 */
public record ModelIdentity(
    String checkpointId, String line, long step, Instant loadedAt, CheckpointContent content) {

  public ModelIdentity {
    Objects.requireNonNull(content, "content");
  }

  /** The same of one that is to see other pictures. */
  public ModelIdentity seeing(boolean originals) {
    return new ModelIdentity(checkpointId, line, step, loadedAt, content.seeing(originals));
  }

  /** Of a model whose files nobody announced. */
  public ModelIdentity(String checkpointId, String line, long step, Instant loadedAt) {
    this(checkpointId, line, step, loadedAt, CheckpointContent.NONE);
  }
}
