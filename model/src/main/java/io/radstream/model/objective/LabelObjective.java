package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.Objectives;
import io.radstream.model.engine.Scaling;
import io.radstream.model.layers.Linear;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import java.util.List;
import java.util.Set;

/**
 * Binary cross entropy of the labels that are known (paper, table 3, row 4, and fine-tuning).
 *
 * @param settings weight
 * @param findings in the order of the head's outputs
 */
public record LabelObjective(Objectives settings, List<String> findings) implements Objective {

  public static final String NAME = "labels";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double weight() {
    return settings.labels();
  }

  @Override
  public Set<NetworkPart> parts() {
    return Set.of(NetworkPart.HEADS);
  }

  @Override
  public Set<BatchInput> needs() {
    return Set.of(BatchInput.LABELS);
  }

  /** Known labels. */
  @Override
  public double count(StudyBatch batch) {
    return batch.knownLabels();
  }

  @Override
  public Term on(RefersNetwork network) {
    Linear head = network.labels().orElseThrow();
    return (Term.PerStudy)
        (forward, divisor) ->
            share(
                head.apply(forward.representation().study().vectors()),
                forward.batch().labels(),
                divisor,
                forward.scratch());
  }

  @Override
  public ValidationFigures figures() {
    return new FindingAucs(findings);
  }

  /**
   * @param logits studies × representations × findings
   * @param labels studies × findings: a probability, or NaN where it is not known
   * @param divisor of the sum
   */
  static NDArray share(NDArray logits, float[][] labels, double divisor, NDManager scratch) {
    Shape shape = logits.getShape();
    int representations = (int) shape.get(1);
    int findings = (int) shape.get(2);
    KnownLabels own = KnownLabels.of(labels, findings);
    Shape each = new Shape(labels.length, 1, findings);
    NDArray present = scratch.create(own.present(), each);
    NDArray known = scratch.create(own.known(), each);
    // log(1 + e^x) − x·y, in the form that does not overflow.
    NDArray loss = ai.djl.nn.Activation.softPlus(logits).sub(logits.mul(present)).mul(known);
    return Scaling.by(1 / (Math.max(1, divisor) * representations), loss.sum());
  }
}
