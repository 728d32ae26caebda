package io.radstream.serving.calibration;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.model.Refers;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TorchNetwork;
import java.io.IOException;
import java.time.InstantSource;

/** Makes a model that scores of a checkpoint in the store, in float32. */
final class StoredModel {

  private StoredModel() {}

  /**
   * @return the caller closes it
   * @throws IOException where a file is missing or altered, or the network can score nothing
   */
  static ScoringModel open(
      Checkpoint checkpoint, PromptSet prompts, ComputeDevice device, InstantSource clock)
      throws IOException {
    checkpoint.verify();
    ModelConfig config = checkpoint.model();
    try (ReportTokenizers tokenizers = checkpoint.tokenizers()) {
      TorchNetwork network =
          new TorchNetwork(Refers.load(config, checkpoint.file(Checkpoint.MODEL), device));
      ReportTokenizer tokenizer = tokenizers.encoder();
      try {
        return ScoringModel.warm(
            new ModelIdentity(
                checkpoint.id(),
                checkpoint.state().line(),
                checkpoint.state().step(),
                clock.instant()),
            network,
            text -> tokenizer.encode(text, network.maxTokens()),
            prompts);
      } catch (RuntimeException | Error e) {
        network.close();
        throw new IOException(
            "checkpoint %s cannot be scored with: %s".formatted(checkpoint.id(), e.getMessage()),
            e);
      }
    }
  }
}
