package io.radstream.serving.score;

import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.model.Refers;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.report.ReportTokenizers;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Findings as the service scores them, by the label head and by sentences, before any calibration;
 * of pictures that somebody else has prepared. For one thread.
 */
public final class RawFindings implements AutoCloseable {

  private final StudyNetwork network;
  private final FindingScorer scorer;
  private final List<String> findings;

  private RawFindings(StudyNetwork network, FindingScorer scorer) {
    this.network = network;
    this.scorer = scorer;
    this.findings = List.copyOf(scorer.scoredBy().keySet());
  }

  /**
   * The findings that a network of this configuration scores, and how.
   *
   * @throws IllegalArgumentException where it scores none
   */
  public static List<CalibratedFinding.Scored> ways(ModelConfig config, PromptSet prompts) {
    return List.copyOf(
        FindingScorer.ways(TorchNetwork.capabilities(config), config.findings(), prompts.findings())
            .values());
  }

  /**
   * @throws IOException where a file of the checkpoint is missing or damaged
   * @throws IllegalArgumentException where the network scores no finding
   */
  public static RawFindings open(
      CheckpointDirectory checkpoint, PromptSet prompts, ComputeDevice device) throws IOException {
    StudyNetwork network =
        new TorchNetwork(
            Refers.load(checkpoint.model(), checkpoint.file(CheckpointDirectory.MODEL), device));
    try (ReportTokenizers tokenizers = checkpoint.tokenizers()) {
      ReportTexts texts = new TokenizedTexts(tokenizers, network.maxTokens());
      return new RawFindings(network, FindingScorer.of(network, texts::tokens, prompts));
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /**
   * @param images studies × 3 views × side × side
   * @return studies × findings, in the order of {@link #ways}
   */
  public float[][] probabilities(float[] images, int studies) {
    StudyNetwork.Seen seen = network.see(images, studies);
    float[][] probabilities = new float[studies][findings.size()];
    for (int study = 0; study < studies; study++) {
      Map<String, Double> told = scorer.probabilities(seen, study);
      for (int i = 0; i < probabilities[study].length; i++) {
        probabilities[study][i] = told.get(findings.get(i)).floatValue();
      }
    }
    return probabilities;
  }

  @Override
  public void close() {
    network.close();
  }
}
