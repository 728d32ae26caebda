package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Labels of studies, to be compared with logits of studies × representations × findings.
 *
 * @param present studies × 1 × findings: a probability, 0 where it is not known
 * @param known the same: 1 where it is known, else 0
 */
public record KnownLabels(NDArray present, NDArray known) {

  /**
   * @param labels studies × findings: a probability, or NaN where it is not known
   */
  public static KnownLabels of(NDManager manager, float[][] labels, int findings) {
    float[] present = new float[labels.length * findings];
    float[] known = new float[present.length];
    for (int i = 0; i < present.length; i++) {
      float label = labels[i / findings][i % findings];
      known[i] = Float.isNaN(label) ? 0 : 1;
      present[i] = Float.isNaN(label) ? 0 : label;
    }
    Shape broadcast = new Shape(labels.length, 1, findings);
    return new KnownLabels(manager.create(present, broadcast), manager.create(known, broadcast));
  }
}
