package io.radstream.model.objective;

import io.radstream.model.config.ImageComparison;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.MomentumEncoder;
import io.radstream.model.network.ProjectedEncoder;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import java.util.Set;

/**
 * Comparing to Learn (C2L; Zhou et al., 2020, MICCAI): a picture drawn anew is to be found again
 * among others, and so are mixed pictures and mixed features; see {@link ComparisonTerm}. Neither
 * reports nor labels are needed.
 */
public record ComparisonObjective(ImageComparison settings) implements Objective {

  public static final String NAME = "c2l";

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

  @Override
  public Term on(RefersNetwork network) {
    ProjectedEncoder learning = ProjectedEncoder.of(network, NAME, settings.width());
    MomentumEncoder following = MomentumEncoder.of(network, NAME, settings.width());
    return new ComparisonTerm(network, settings, learning, following);
  }
}
