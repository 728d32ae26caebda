package io.radstream.model.objective;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.NetworkPart;
import io.radstream.model.network.CompanionKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The objectives that there are. */
public final class ObjectiveList {

  private ObjectiveList() {}

  /** Those of weight above 0; their losses are summed up in this order. */
  public static List<Objective> of(ModelConfig config) {
    return Stream.of(
            new ContrastiveObjective(config.objectives()),
            new LanguageObjective(config.objectives(), config.report().maxTokens()),
            new LabelObjective(config.objectives(), config.findings()),
            RestorationObjective.context(config.objectives().restoration()),
            RestorationObjective.genesis(config.objectives().restoration()),
            new WordsObjective(config.objectives().restoration().words()),
            new ComparisonObjective(config.objectives().comparison()),
            new MaskedPicturesObjective(config.objectives().masked()),
            new MaskedReportsObjective(config.objectives().masked(), config.report().maxTokens()))
        .filter(objective -> objective.weight() > 0)
        .map(Objective.class::cast)
        .toList();
  }

  /** Parts of a network that has these objectives. */
  public static Set<NetworkPart> parts(List<Objective> objectives) {
    Set<NetworkPart> parts = EnumSet.of(NetworkPart.RADIOGRAPH, NetworkPart.FUSION);
    objectives.forEach(objective -> parts.addAll(objective.parts()));
    return parts;
  }

  /** Parts of a network of this configuration. */
  public static Set<NetworkPart> parts(ModelConfig config) {
    return parts(of(config));
  }

  /** What a run of this configuration needs of a batch. */
  public static Set<BatchInput> needs(ModelConfig config) {
    Set<BatchInput> needs = EnumSet.noneOf(BatchInput.class);
    of(config).forEach(objective -> needs.addAll(objective.needs()));
    return needs;
  }

  /** Of which kinds a run of this configuration needs companions to pictures. */
  public static Set<CompanionKind> companions(ModelConfig config) {
    Set<CompanionKind> kinds = EnumSet.noneOf(CompanionKind.class);
    of(config).forEach(objective -> kinds.addAll(objective.companions()));
    return kinds;
  }
}
