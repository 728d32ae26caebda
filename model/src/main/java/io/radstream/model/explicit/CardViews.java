package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.kernels.FusionKernels;
import io.radstream.model.network.ViewFusion;

/** By kernels: patches and what is attended to are bfloat16. */
record CardViews(Bench bench) implements Views {

  private FusionKernels kernels() {
    return bench.kernels().fusion().orElseThrow();
  }

  /**
   * @param patches views × places × width
   */
  private static FusionKernels.Shape shape(NDArray patches) {
    return new FusionKernels.Shape(
        Bench.rows(patches) / ViewFusion.VIEWS, places(patches), Bench.width(patches));
  }

  private static int places(NDArray x) {
    return Math.toIntExact(x.getShape().get(1));
  }

  @Override
  public NDArray given(NDArray x) {
    return bench.operations().narrow(x);
  }

  @Override
  public NDArray means(NDArray patches) {
    NDArray means = bench.wide(Bench.rows(patches), Bench.width(patches));
    kernels().means(bench.stream(), bench.at(patches), bench.at(means), shape(patches));
    return means;
  }

  @Override
  public NDArray weigh(NDArray patches, NDArray weights) {
    FusionKernels.Shape shape = shape(patches);
    NDArray memory =
        bench.narrow(shape.studies(), shape.patches(), (long) ViewFusion.VIEWS * shape.width());
    kernels().weigh(bench.stream(), bench.at(patches), bench.at(weights), bench.at(memory), shape);
    return memory;
  }

  @Override
  public NDArray weightsBack(NDArray dmemory, NDArray patches) {
    NDArray parts = bench.wide(Bench.rows(patches), FusionKernels.SLICES);
    kernels()
        .weightSums(
            bench.stream(), bench.at(patches), bench.at(dmemory), bench.at(parts), shape(patches));
    return bench.operations().sumFeatures(parts);
  }

  @Override
  public NDArray patchesBack(NDArray dmemory, NDArray weights, NDArray dmeans) {
    NDArray dpatches = bench.narrow(Bench.rows(dmeans), places(dmemory), Bench.width(dmeans));
    FusionKernels.Backward of =
        new FusionKernels.Backward(
            bench.at(dmemory), bench.at(weights), bench.at(dmeans), bench.at(dpatches));
    kernels().backward(bench.stream(), of, shape(dpatches));
    return dpatches;
  }
}
