package io.radstream.trainer.run;

import io.radstream.trainer.data.RunBasis;
import io.radstream.trainer.data.StartPoint;
import java.io.IOException;

/** What a run sets out with. */
record Outset(RunBasis basis, FirstNetwork network) {

  /**
   * @throws IOException where public weights cannot be read or do not fit, or the checkpoint to
   *     start from is damaged
   */
  static Outset of(RunRequest request, StartPoint start) throws IOException {
    return new Outset(
        new RunBasis(request.config(), request.tokenizers(), start),
        FirstNetwork.of(
            request.config(),
            start.origin().checkpoint(),
            request.tokenizers().encoder().tokens()));
  }

  StartPoint start() {
    return basis.start();
  }
}
