package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.DistinctViews;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import java.util.Arrays;

/**
 * Pictures, each once, and each drawn anew.
 *
 * @param shown pictures × side × side
 * @param anew as shown
 * @param places for each study's three views in turn, the index into both
 */
record ViewPairs(NDArray shown, NDArray anew, NDArray places) {

  static ViewPairs of(RefersNetwork network, Forward forward) {
    StudyBatch batch = forward.batch();
    DistinctViews shown = network.views(forward.scratch(), batch.images(), batch.size());
    DistinctViews anew =
        network.views(forward.scratch(), batch.companions(CompanionKind.SECOND_VIEW), batch.size());
    if (Arrays.equals(shown.places().toLongArray(), anew.places().toLongArray())) {
      return new ViewPairs(shown.images(), anew.images(), shown.places());
    }
    // Two pictures of a study can come out the same when drawn anew, as where both are black.
    NDArray all =
        shown
            .places()
            .getManager()
            .arange(0, (int) shown.places().size(), 1, shown.places().getDataType());
    return new ViewPairs(shown.images().get(shown.places()), anew.images().get(anew.places()), all);
  }

  int count() {
    return (int) shown.getShape().get(0);
  }
}
