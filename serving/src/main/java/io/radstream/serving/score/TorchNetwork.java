package io.radstream.serving.score;

import io.radstream.model.Refers;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.explain.ExplainedScore;
import io.radstream.model.explain.MapKind;
import io.radstream.model.explain.StudyMaps;
import io.radstream.model.generation.ReportDesk;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A REFERS network behind the interface that scoring uses. */
public record TorchNetwork(Refers refers) implements StudyNetwork {

  /** What a network of this configuration can do once it is loaded. */
  public static Set<Capability> capabilities(ModelConfig config) {
    Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    if (config.objectives().contrastive() > 0) {
      capabilities.add(Capability.PROMPTS);
      capabilities.add(Capability.VECTORS);
    }
    if (config.objectives().labels() > 0) {
      capabilities.add(Capability.LABELS);
    }
    if (config.objectives().language() > 0) {
      capabilities.add(Capability.REPORTS);
    }
    return capabilities;
  }

  @Override
  public int imageSize() {
    return refers.config().radiograph().imageSize();
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities(refers.config());
  }

  @Override
  public List<String> taught() {
    return refers.config().findings();
  }

  @Override
  public int maxTokens() {
    return refers.config().text().maxTokens();
  }

  @Override
  public double temperature() {
    return refers.config().objectives().temperature();
  }

  @Override
  public Seen see(float[] images, int studies) {
    Refers.Seen seen = refers.see(images, studies);
    return new Seen(seen.vectors(), seen.findings());
  }

  @Override
  public float[][] embedReports(int[][] tokens) {
    return refers.embedReports(tokens);
  }

  @Override
  public float[][] embedPrompts(int[][] tokens) {
    return TorchEngine.narrowed(() -> embedReports(tokens));
  }

  @Override
  public Set<MapKind> maps() {
    return Stream.of(MapKind.values())
        .filter(kind -> kind.fits(refers.config()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(MapKind.class)));
  }

  @Override
  public StudyMaps explain(float[] images, ExplainedScore score, MapKind kind) {
    return refers.explain(images, score, kind);
  }

  @Override
  public ReportDesk desk() {
    return refers.desk();
  }

  @Override
  public int reportVocabulary() {
    return capabilities().contains(Capability.REPORTS) ? refers.config().report().vocabulary() : 0;
  }

  @Override
  public void close() {
    refers.close();
  }
}
