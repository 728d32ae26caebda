package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Labels of studies.
 *
 * @param present studies × 1 × findings: a probability, 0 where it is not known
 * @param known the same: 1 where it is known, else 0
 */
record Labels(NDArray present, NDArray known) {

  /**
   * @param labels studies × findings, NaN where one is not known
   */
  static Labels of(NDManager manager, float[][] labels) {
    int findings = labels[0].length;
    float[] present = new float[labels.length * findings];
    float[] known = new float[present.length];
    for (int i = 0; i < present.length; i++) {
      float label = labels[i / findings][i % findings];
      known[i] = Float.isNaN(label) ? 0 : 1;
      present[i] = Float.isNaN(label) ? 0 : label;
    }
    Shape shape = new Shape(labels.length, 1, findings);
    return new Labels(manager.create(present, shape), manager.create(known, shape));
  }

  /**
   * A sum over what is known, and its gradient.
   *
   * @param dlogits (studies × representations) × findings
   */
  record Loss(NDArray sum, NDArray dlogits) {}

  /**
   * Σ log(1 + eˣ) − x·y.
   *
   * @param logits (studies × representations) × findings
   * @param studies shape of their vectors
   */
  Loss loss(Operations operations, NDArray logits, Shape studies) {
    long findings = known.getShape().get(2);
    List<NDArray> found =
        operations
            .call("label")
            .with(logits.reshape(studies.get(0), studies.get(1), findings), present, known)
            .many();
    return new Loss(found.get(0), found.get(1).reshape(-1, findings));
  }
}
