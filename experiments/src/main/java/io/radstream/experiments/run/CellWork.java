package io.radstream.experiments.run;

import io.radstream.experiments.plan.Cell;
import java.io.IOException;

/** Has one cell done; may be asked from several threads where it says so. */
@FunctionalInterface
public interface CellWork {

  /**
   * @return whether its result is there; false where it was asked to stop
   */
  boolean run(Cell cell) throws IOException, InterruptedException;
}
