package io.radstream.serving.score;

import io.radstream.model.Refers;

/** A REFERS network behind the interface that scoring uses. */
public record TorchNetwork(Refers refers) implements StudyNetwork {

  @Override
  public int imageSize() {
    return refers.config().radiograph().imageSize();
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
  public float[][] embedStudies(float[] images, int studies) {
    return refers.embedStudies(images, studies);
  }

  @Override
  public float[][] embedReports(int[][] tokens) {
    return refers.embedReports(tokens);
  }

  @Override
  public void close() {
    refers.close();
  }
}
