package io.radstream.serving.checkpoint;

import io.radstream.model.explain.ExplainedScore;
import io.radstream.model.explain.MapKind;
import io.radstream.model.explain.StudyMaps;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.StudyNetwork;
import java.util.List;
import java.util.Set;

/** A network with the tokenizers of its checkpoint, which are closed when it is. */
record ReadingNetwork(StudyNetwork network, ReportTokenizers tokenizers) implements StudyNetwork {

  @Override
  public int imageSize() {
    return network.imageSize();
  }

  @Override
  public Set<Capability> capabilities() {
    return network.capabilities();
  }

  @Override
  public List<String> taught() {
    return network.taught();
  }

  @Override
  public int maxTokens() {
    return network.maxTokens();
  }

  @Override
  public double temperature() {
    return network.temperature();
  }

  @Override
  public Seen see(float[] images, int studies) {
    return network.see(images, studies);
  }

  @Override
  public float[][] embedReports(int[][] tokens) {
    return network.embedReports(tokens);
  }

  @Override
  public Set<MapKind> maps() {
    return network.maps();
  }

  @Override
  public StudyMaps explain(float[] images, ExplainedScore score, MapKind kind) {
    return network.explain(images, score, kind);
  }

  @Override
  public void close() {
    try {
      network.close();
    } finally {
      tokenizers.close();
    }
  }
}
