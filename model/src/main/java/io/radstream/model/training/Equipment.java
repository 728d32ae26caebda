package io.radstream.model.training;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Program;
import io.radstream.model.engine.CudaGraphs;
import io.radstream.model.engine.WorkRecorder;
import io.radstream.model.explicit.Card;
import java.util.Optional;

/**
 * What a device has beside the engine's operations.
 *
 * @param recorder of work that is done again and again
 * @param card where there are kernels for it
 */
public record Equipment(Optional<WorkRecorder> recorder, Optional<Card> card)
    implements AutoCloseable {

  private static final Equipment NONE = new Equipment(Optional.empty(), Optional.empty());

  /** What a program makes use of; nothing on a CPU. */
  static Equipment of(NDManager manager, Program program) {
    return switch (program) {
      case AUTO, EAGER -> NONE;
      case EXPLICIT -> new Equipment(Optional.empty(), Card.of(manager));
      case CAPTURED -> new Equipment(CudaGraphs.of(manager), Card.of(manager));
    };
  }

  @Override
  public void close() {
    card.ifPresent(Card::close);
  }
}
