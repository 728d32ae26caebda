package io.radstream.serving.receipt;

import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.checkpoint.RefusedCheckpointException;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The models that receipts name, with what they scored. The last one stays loaded until this is
 * closed. For one thread.
 */
public final class ReceiptModels implements AutoCloseable {

  /** What is there of what a receipt names. */
  public sealed interface Found {

    /**
     * @param model open until the next one is asked for
     * @param study its views in the order of the receipt
     */
    record Again(ScoringModel model, StudyViews study) implements Found {}

    /**
     * @param why one of few sentences, without what is particular to the study
     */
    record Missing(String why) implements Found {}
  }

  private final ComputeDevice device;
  private final LastCheckpoint last;

  public ReceiptModels(ComputeDevice device, InstantSource clock) {
    this.device = device;
    this.last = new LastCheckpoint(clock);
  }

  /**
   * @throws IOException where the checkpoint's files cannot be read
   */
  public Found find(GivenReceipt given, Evidence evidence) throws IOException {
    ReceiptPayload payload = given.payload();
    InputCheck.Found input = new InputCheck(evidence.images()).of(payload.input());
    FilesCheck.Found files = last.files(evidence.checkpoint(), payload.checkpoint());
    PromptsCheck.Found prompts = new PromptsCheck(evidence.prompts()).of(payload.settings());
    Optional<String> obstacle = ReceiptVerifier.obstacle(input, files, prompts);
    if (obstacle.isPresent()) {
      return new Found.Missing(obstacle.get());
    }
    try {
      ScoringModel model =
          last.model(evidence.checkpoint(), payload, prompts.sets().orElseThrow(), device);
      return new Found.Again(model, input.study().orElseThrow());
    } catch (RefusedCheckpointException e) {
      return new Found.Missing("the checkpoint cannot be loaded: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    last.close();
  }
}
