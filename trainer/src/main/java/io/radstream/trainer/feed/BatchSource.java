package io.radstream.trainer.feed;

import io.radstream.model.StudyBatch;

/** Makes the batch of a step; always the same for the same step, from any thread. */
@FunctionalInterface
public interface BatchSource {

  /**
   * @param step counted from 0
   */
  StudyBatch make(long step);
}
