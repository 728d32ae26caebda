package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.network.ViewFusion;

/** By the engine's operations, wide. */
record ScriptedViews(Operations operations) implements Views {

  @Override
  public NDArray given(NDArray x) {
    return x;
  }

  @Override
  public NDArray means(NDArray patches) {
    return operations.meanPlaces(patches);
  }

  @Override
  public NDArray weigh(NDArray patches, NDArray weights) {
    return Fusions.besideEachOther(operations, operations.times(patches, weights.expandDims(2)));
  }

  @Override
  public NDArray weightsBack(NDArray dmemory, NDArray patches) {
    NDArray dweighted = Fusions.apart(operations, dmemory, patches.getShape());
    return operations.sumEach(operations.times(dweighted, patches));
  }

  @Override
  public NDArray patchesBack(NDArray dmemory, NDArray weights, NDArray dmeans) {
    Shape memory = dmemory.getShape();
    Shape patches =
        new Shape(
            memory.get(0) * ViewFusion.VIEWS, memory.get(1), memory.get(2) / ViewFusion.VIEWS);
    return operations.add(
        operations.times(Fusions.apart(operations, dmemory, patches), weights.expandDims(2)),
        Fusions.spread(operations, dmeans, patches));
  }
}
