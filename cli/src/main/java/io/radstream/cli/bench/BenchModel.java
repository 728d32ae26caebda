package io.radstream.cli.bench;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.Refers;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.serving.receipt.ScoringMeans;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TokenizedTexts;
import io.radstream.serving.score.TorchNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A network, bare and ready to score. Both are closed with the second.
 *
 * @param network the same that the scoring model asks
 * @param means by which it computes
 */
public record BenchModel(Refers network, ScoringModel scoring, ScoringMeans means) {

  private static final ModelIdentity NAME = new ModelIdentity("bench", "bench", 0, Instant.EPOCH);

  /** Of a checkpoint's directory. */
  public static BenchModel of(Path directory, ComputeDevice device, Precision precision)
      throws IOException {
    Checkpoint checkpoint = Checkpoint.read(directory);
    checkpoint.verify();
    Refers network =
        Refers.load(checkpoint.model(), checkpoint.file(Checkpoint.MODEL), device, precision);
    return of(network, checkpoint.tokenizers(), ScoringMeans.of(precision, device));
  }

  /** With weights that are drawn. */
  public static BenchModel unlearned(ModelConfig config, ComputeDevice device, Precision precision)
      throws IOException {
    return of(
        Refers.unlearned(config, 1, device, precision),
        ReportTokenizers.shared(BenchTokenizer.of(config.text().vocabulary())),
        ScoringMeans.of(precision, device));
  }

  private static BenchModel of(Refers network, ReportTokenizers tokenizers, ScoringMeans means) {
    int longest = network.config().text().maxTokens();
    return new BenchModel(
        network,
        ScoringModel.warm(
            NAME,
            new TorchNetwork(network),
            new TokenizedTexts(tokenizers, longest),
            PromptSet.builtIn()),
        means);
  }
}
