package io.radstream.serving.receipt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.LogPosition;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A receipt with something in every field. */
final class SampleReceipt {

  static final ReceiptKey KEY = ReceiptKey.generate();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ScoringMeans MEANS =
      new ScoringMeans(Precision.FLOAT32, ComputeDevice.Kind.CPU, 2, "PyTorch 2", "0.1.0");

  private SampleReceipt() {}

  static Receipt signed() {
    return of(Optional.of(KEY));
  }

  static Receipt of(Optional<ReceiptKey> key) {
    Receipts receipts =
        new Receipts(MEANS, FindingSets.of(PromptSet.builtIn()), key, () -> Instant.EPOCH);
    CheckpointContent content =
        new CheckpointContent(
            "tiny-20260101T120000.000Z",
            Map.of("model.safetensors", "a".repeat(64), "config.json", "b".repeat(64)),
            List.of(new LogPosition("tuples.train", 0, 17)),
            Optional.of(new LogPosition("training.ledger", 0, 4)));
    ScoredStudy study =
        new ScoredStudy(
            Optional.of("the caller's own name"),
            new ModelIdentity("tiny-000000002", "tiny", 2, Instant.EPOCH, content),
            Map.of("effusion", 0.1 + 0.2),
            Map.of("effusion", ScoredBy.PROMPTS),
            new float[] {1},
            2,
            List.of(0, 1, 1));
    return receipts.of(study, FindingSets.ALL, List.of("c".repeat(64), "d".repeat(64)));
  }

  static ObjectNode tree(Receipt receipt) {
    return JSON.valueToTree(receipt);
  }

  static byte[] text(Object json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
