package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.config.Objectives;
import io.radstream.model.engine.Scaling;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.UnitVectors;
import java.util.Set;

/**
 * Task 2 of pre-training (paper, section 4.2, equation 2): how well each study finds its own report
 * in the batch and, where λ is below 1, each report its own study. Or, as SigLIP does, whether each
 * study and each report are a pair.
 *
 * @param settings weight, temperature and λ
 */
public record ContrastiveObjective(Objectives settings) implements Objective, Term.AcrossBatch {

  public static final String NAME = "contrastive";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double weight() {
    return settings.contrastive();
  }

  @Override
  public Set<NetworkPart> parts() {
    return Set.of(NetworkPart.TEXT);
  }

  @Override
  public Set<BatchInput> needs() {
    return Set.of(BatchInput.REPORTS);
  }

  /** Studies. */
  @Override
  public double count(StudyBatch batch) {
    return batch.size();
  }

  @Override
  public Term on(RefersNetwork network) {
    return this;
  }

  @Override
  public ValidationFigures figures() {
    return new RetrievalFigures();
  }

  /** Studies (batch × representations × width) and their reports (batch × width). */
  @Override
  public NDList vectors(Forward forward) {
    return new NDList(
        forward.representation().study().vectors(),
        forward.representation().reports().orElseThrow());
  }

  @Override
  public NDArray loss(NDList vectors) {
    return loss(vectors.get(0), vectors.get(1));
  }

  /**
   * Mean over the studies; where a study has several representations, mean over them.
   *
   * @param studies batch × representations × width
   * @param reports batch × width
   */
  NDArray loss(NDArray studies, NDArray reports) {
    NDArray unit = UnitVectors.of(studies);
    NDArray targets = UnitVectors.of(reports).transpose();
    int representations = (int) studies.getShape().get(1);
    NDArray sum = null;
    for (int i = 0; i < representations; i++) {
      NDArray cosines = unit.get(":, " + i).matMul(targets);
      NDArray loss = compared(Scaling.by(1 / settings.temperature(), cosines));
      sum = sum == null ? loss : sum.add(loss);
    }
    return representations == 1 ? sum : Scaling.by(1.0 / representations, sum);
  }

  private NDArray compared(NDArray logits) {
    return switch (settings.contrast()) {
      case SOFTMAX -> bothWays(logits);
      case SIGMOID -> pairByPair(logits);
    };
  }

  /**
   * −1/B · Σᵢⱼ log σ(zᵢⱼ·(cos(vᵢ, tⱼ)/τ + b)), z being 1 for a pair and −1 for strangers (Zhai et
   * al., 2023, section 3.2). Temperature and bias stay as they are set; the paper learns them.
   */
  private NDArray pairByPair(NDArray logits) {
    long batch = logits.getShape().get(0);
    NDArray strangers =
        logits.getManager().eye((int) batch).toType(logits.getDataType(), false).mul(-2).add(1);
    NDArray biased = logits.add(logits.onesLike().mul(settings.contrastBias()));
    return Scaling.by(1.0 / batch, ai.djl.nn.Activation.softPlus(biased.mul(strangers)).sum());
  }

  private NDArray bothWays(NDArray logits) {
    double weight = settings.studyToReport();
    NDArray studyToReport = ownInRow(logits);
    return weight == 1
        ? studyToReport
        : Scaling.by(weight, studyToReport)
            .add(Scaling.by(1 - weight, ownInRow(logits.transpose())));
  }

  /** Mean over the rows of −log softmax at the row's own number. */
  private static NDArray ownInRow(NDArray logits) {
    int batch = (int) logits.getShape().get(0);
    NDArray own = logits.getManager().arange(0, batch, 1, DataType.INT64).reshape(batch, 1);
    return logits.logSoftmax(1).gather(own, 1).mean().neg();
  }
}
