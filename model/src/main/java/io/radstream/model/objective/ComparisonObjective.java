package io.radstream.model.objective;

import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.layers.Flops;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.MomentumEncoder;
import io.radstream.model.network.ProjectedEncoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.Set;

/**
 * Comparing to Learn (C2L; Zhou et al., 2020, MICCAI): a picture drawn anew is to be found again
 * among others, and so are mixed pictures and mixed features; see {@link ComparisonTerm}. Neither
 * reports nor labels are needed.
 */
public record ComparisonObjective(ImageComparison settings) implements Objective {

  public static final String NAME = "c2l";

  /** Kinds of pairs that are compared. */
  static final int PAIRS = 3;

  /** What an encoder sees of a view: the picture, and one that is mixed with another. */
  private static final int PICTURES = 2;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double weight() {
    return settings.weight();
  }

  @Override
  public Set<NetworkPart> parts() {
    return Set.of(NetworkPart.PRETEXT);
  }

  @Override
  public Set<BatchInput> needs() {
    return Set.of();
  }

  @Override
  public Set<CompanionKind> companions() {
    return Set.of(CompanionKind.SECOND_VIEW);
  }

  /** Studies. */
  @Override
  public double count(StudyBatch batch) {
    return batch.size();
  }

  /** Two pictures of each view, plain and mixed, by each encoder; and what is compared. */
  @Override
  public long flops(RefersNetwork network) {
    long comparisons = PAIRS * Flops.product(1, settings.width(), settings.queue());
    return ViewFusion.VIEWS * (2 * PICTURES * encoderFlops(network) + comparisons);
  }

  /** Those of the encoder that follows. */
  @Override
  public long forwardOnlyFlops(RefersNetwork network) {
    return ViewFusion.VIEWS * PICTURES * encoderFlops(network);
  }

  private long encoderFlops(RefersNetwork network) {
    return ProjectedEncoder.flops(network.radiograph(), settings.width());
  }

  /** The encoder that follows has none that are learned, and would be a copy of all that are. */
  @Override
  public void declareWeights(RefersNetwork network) {
    ProjectedEncoder.of(network, NAME, settings.width());
  }

  @Override
  public Term on(RefersNetwork network) {
    ProjectedEncoder learning = ProjectedEncoder.of(network, NAME, settings.width());
    MomentumEncoder following = MomentumEncoder.of(network, NAME, settings.width());
    return new ComparisonTerm(network, settings, learning, following);
  }
}
