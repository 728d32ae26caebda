package io.radstream.cli.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CalibrationFile;
import io.radstream.checkpoints.CalibrationState;
import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.evaluation.Platt;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.Sha256;
import io.radstream.serving.receipt.InvalidReceiptException;
import io.radstream.serving.receipt.ReceiptReader;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.receipt.ScoringMeans;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.LogPosition;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What tells how a score is to be read, and what it was made of.
 *
 * @param folder for files
 */
record MeaningTargets(Path folder) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WEIGHTS = Sha256.of("weights");

  List<Target> all() throws IOException {
    return List.of(calibration(), receipt());
  }

  private Target calibration() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("calibrated"));
    CalibrationFile file = new CalibrationFile(new CheckpointDirectory(directory));
    FittedCalibration fitted =
        new FittedCalibration(
            new Platt(0.5, 0), Optional.empty(), 20, 10, Optional.empty(), Optional.empty());
    file.write(
        new CheckpointCalibration(
            WEIGHTS,
            new CheckpointCalibration.Panel(Sha256.of("panel"), 20, 20),
            List.of(
                new CalibratedFinding(
                    new CalibratedFinding.Scored(Target.CANARY, Optional.empty()), fitted)),
            Optional.empty()));
    return Target.of(
        "calibration",
        List.of(Files.readAllBytes(file.path())),
        List.of(
            "null", "{", "[", "NaN", "1e999", "\"findings\":", "\"familiarity\":", "\"format\":"),
        Set.of(),
        input -> {
          Files.write(file.path(), input);
          return file.read(WEIGHTS) instanceof CalibrationState.Unusable unusable
              ? unusable.reason()
              : "";
        });
  }

  private Target receipt() throws IOException {
    ScoredStudy study =
        new ScoredStudy(
            Optional.empty(),
            new ModelIdentity(
                "demo-000000001",
                "demo",
                1,
                Instant.EPOCH,
                new CheckpointContent(
                    "run",
                    Map.of(CheckpointDirectory.MODEL, WEIGHTS),
                    List.of(new LogPosition("tuples.train", 0, 17)),
                    Optional.of(new LogPosition("training.ledger", 0, 4)))),
            Map.of("effusion", 0.25),
            Map.of("effusion", ScoredBy.PROMPTS),
            new float[] {1},
            2,
            List.of(0, 1, 1));
    Receipts receipts =
        new Receipts(
            new ScoringMeans(
                Precision.FLOAT32, ComputeDevice.Kind.CPU, 2, Target.CANARY, "version"),
            FindingSets.of(PromptSet.builtIn()),
            Optional.empty(),
            () -> Instant.EPOCH);
    List<String> views = List.of(Sha256.of("frontal"), Sha256.of("lateral"));
    Path file = folder.resolve("receipt.json");
    return Target.of(
        "receipt",
        List.of(JSON.writeValueAsBytes(receipts.of(study, FindingSets.ALL, views))),
        List.of("null", "{", "[", "NaN", "1e999", "\"scores\":", "\"signature\":", "\"..\"", "-1"),
        Set.of(InvalidReceiptException.class),
        input -> {
          Files.write(file, input);
          new ReceiptReader().read(file);
          return "";
        });
  }
}
