package io.radstream.serving.receipt;

import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.checkpoint.RefusedCheckpointException;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.NotCapableException;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** Checks what a receipt says, part by part, and scores its study again. */
public final class ReceiptVerifier {

  private final IntFunction<ComputeDevice> engine;
  private final double tolerance;
  private final InstantSource clock;

  /** What a second scoring needs, all of it as the receipt has it. */
  private record Again(StudyViews study, FindingSets sets) {}

  /**
   * @param engine starts the engine with so many CPU threads an operation and finds the device;
   *     asked only where the study is scored again
   * @param tolerance largest difference of two probabilities that are taken for the same
   */
  public ReceiptVerifier(IntFunction<ComputeDevice> engine, double tolerance, InstantSource clock) {
    this.engine = engine;
    this.tolerance = tolerance;
    this.clock = clock;
  }

  /**
   * @return checks in the order in which a person would make them, each named once
   * @throws IOException where the checkpoint's files cannot be read
   */
  public VerifiedReceipt verify(GivenReceipt given, Evidence evidence) throws IOException {
    ReceiptPayload payload = given.payload();
    InputCheck.Found input = new InputCheck(evidence.images()).of(payload.input());
    FilesCheck.Found files = new FilesCheck(evidence.checkpoint()).of(payload.checkpoint());
    PromptsCheck.Found prompts = new PromptsCheck(evidence.prompts()).of(payload.settings());
    List<ReceiptCheck> checks = new ArrayList<>();
    checks.add(new SignatureCheck(evidence.key()).of(given.receipt()));
    checks.add(AnswerCheck.of(given));
    checks.add(input.check());
    checks.add(files.check());
    checks.add(
        files.told()
            ? new RunCheck(evidence.checkpoint().path()).of(payload.checkpoint())
            : ReceiptCheck.notChecked(
                RunCheck.NAME, "its state.json is not there, or another one"));
    checks.add(prompts.check());
    Optional<String> obstacle = obstacle(input, files, prompts);
    if (obstacle.isPresent()) {
      return without(payload, checks, obstacle.get());
    }
    return again(payload, evidence, new Again(input.study().get(), prompts.sets().get()), checks);
  }

  private static Optional<String> obstacle(
      InputCheck.Found input, FilesCheck.Found files, PromptsCheck.Found prompts) {
    if (input.study().isEmpty()) {
      return Optional.of("not all of the study's views are there");
    }
    if (!files.scorable()) {
      return Optional.of("the checkpoint's files are not there as the receipt names them");
    }
    if (prompts.sets().isEmpty()) {
      return Optional.of("the service's prompts are not there");
    }
    return Optional.empty();
  }

  private static VerifiedReceipt without(
      ReceiptPayload payload, List<ReceiptCheck> checks, String why) {
    checks.add(CalibrationCheck.alone(payload));
    checks.add(ReceiptCheck.notChecked(MeansCheck.NAME, "the study was not scored again"));
    checks.add(ReceiptCheck.notChecked(ScoresCheck.NAME, why));
    return new VerifiedReceipt(checks, List.of());
  }

  private VerifiedReceipt again(
      ReceiptPayload payload, Evidence evidence, Again again, List<ReceiptCheck> checks) {
    ComputeDevice device = engine.apply(payload.settings().threads());
    try {
      return score(payload, evidence, again, device, checks);
    } catch (RefusedCheckpointException e) {
      return without(payload, checks, "the checkpoint cannot be loaded: " + e.getMessage());
    } catch (UnusableViewException | NotCapableException e) {
      return without(payload, checks, "the study cannot be scored here: " + e.getMessage());
    }
  }

  private VerifiedReceipt score(
      ReceiptPayload payload,
      Evidence evidence,
      Again again,
      ComputeDevice device,
      List<ReceiptCheck> checks)
      throws RefusedCheckpointException {
    ReceiptSettings settings = payload.settings();
    CheckpointLoader loader =
        new CheckpointLoader(
            evidence.checkpoint().path(),
            again.sets(),
            NetworkLoader.on(device, settings.asPrecision()),
            clock,
            settings.calibration() != null);
    try (ScoringModel model = loader.open(evidence.checkpoint(), identity(payload.checkpoint()))) {
      ScoredStudy scored = model.scoreViews(List.of(again.study())).get(0).by(settings.findings());
      checks.add(CalibrationCheck.of(payload, model, scored));
      return compared(payload, scored, device, checks);
    }
  }

  private VerifiedReceipt compared(
      ReceiptPayload payload, ScoredStudy scored, ComputeDevice device, List<ReceiptCheck> checks) {
    ReceiptSettings settings = payload.settings();
    ScoresCheck check = new ScoresCheck(tolerance);
    List<ScoreComparison> compared = check.compare(payload, scored);
    checks.add(new MeansCheck(ScoringMeans.of(settings.asPrecision(), device)).of(settings));
    checks.add(check.of(payload, scored, compared));
    return new VerifiedReceipt(checks, compared);
  }

  private ModelIdentity identity(ReceiptCheckpoint checkpoint) {
    return new ModelIdentity(
        checkpoint.id(),
        checkpoint.line(),
        checkpoint.step(),
        clock.instant(),
        new CheckpointContent(checkpoint.runId(), checkpoint.files(), List.of(), Optional.empty()));
  }
}
