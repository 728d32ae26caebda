package io.radstream.model.explain;

import ai.djl.ndarray.NDArray;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.UnitVectors;
import io.radstream.model.network.ViewFusion;

/** The number that is explained: a log-odds of one study. */
public sealed interface ExplainedScore {

  /**
   * @return a scalar, or an array with one value
   */
  NDArray of(RefersNetwork network, ViewFusion.Study study);

  /**
   * A finding that the network was taught with labels.
   *
   * @param finding its place among {@link io.radstream.model.config.ModelConfig#findings}
   */
  record Taught(int finding) implements ExplainedScore {

    @Override
    public NDArray of(RefersNetwork network, ViewFusion.Study study) {
      return network
          .labels()
          .orElseThrow(() -> new IllegalArgumentException("this network has no label head"))
          .apply(study.vectors())
          .mean(new int[] {1})
          .get(":, {}", finding);
    }
  }

  /**
   * What sentences state, against what others state.
   *
   * @param towards unit vector of what states it, less that of what denies it; or the former alone
   * @param temperature that cosines are divided by
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Stated(float[] towards, double temperature) implements ExplainedScore {

    @Override
    public NDArray of(RefersNetwork network, ViewFusion.Study study) {
      NDArray vector = UnitVectors.ofStudies(study.vectors());
      NDArray scaled = vector.getManager().create(scaled()).toType(vector.getDataType(), false);
      return vector.mul(scaled).sum();
    }

    private float[] scaled() {
      float[] scaled = new float[towards.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = (float) (towards[i] / temperature);
      }
      return scaled;
    }
  }
}
