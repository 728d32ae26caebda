package io.radstream.serving.receipt;

import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.ScoringModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether what was answered is what the receipt's calibration makes of the network's own scores.
 */
final class CalibrationCheck {

  private static final String NAME = "calibration";

  private CalibrationCheck() {}

  /** What can be told without the model. */
  static ReceiptCheck alone(ReceiptPayload payload) {
    if (payload.settings().calibration() != null) {
      return ReceiptCheck.notChecked(NAME, "the study was not scored again");
    }
    List<String> changed =
        payload.scores().entrySet().stream()
            .filter(score -> score.getValue().isCalibrated())
            .map(Map.Entry::getKey)
            .toList();
    return changed.isEmpty()
        ? ReceiptCheck.ok(NAME, "none: the probabilities are the network's own")
        : ReceiptCheck.failed(
            NAME,
            "none is named, and these are not the network's own: " + String.join(", ", changed));
  }

  /**
   * @param again the second scoring, read by the calibration that lies beside the checkpoint now
   */
  static ReceiptCheck of(ReceiptPayload payload, ScoringModel model, ScoredStudy again) {
    String named = payload.settings().calibration();
    if (named == null) {
      return alone(payload);
    }
    if (!again.calibration().map(named::equals).orElse(false)) {
      return ReceiptCheck.notChecked(
          NAME,
          "calibration.json beside the checkpoint is gone or another one; what is compared is the"
              + " network's own");
    }
    Map<String, Double> raw = new LinkedHashMap<>();
    payload.scores().forEach((finding, score) -> raw.put(finding, score.raw()));
    Map<String, Double> read = model.calibrated(payload.settings().findings(), raw);
    List<String> others =
        payload.scores().entrySet().stream()
            .filter(score -> read.get(score.getKey()) != score.getValue().probability())
            .map(Map.Entry::getKey)
            .toList();
    return others.isEmpty()
        ? ReceiptCheck.ok(NAME, "the probabilities are what it makes of the network's own")
        : ReceiptCheck.failed(NAME, "it makes others of: " + String.join(", ", others));
  }
}
