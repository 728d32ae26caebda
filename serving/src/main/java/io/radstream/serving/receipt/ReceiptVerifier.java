package io.radstream.serving.receipt;

import io.radstream.model.engine.ComputeDevice;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import io.radstream.serving.checkpoint.RefusedCheckpointException;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.NotCapableException;
import io.radstream.serving.score.Pass;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.ScoringModel;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Checks what receipts say, part by part, and scores their studies again. The checkpoint of the
 * last one stays loaded until this is closed. For one thread.
 */
public final class ReceiptVerifier implements AutoCloseable {

  private final IntFunction<ComputeDevice> engine;
  private final double tolerance;
  private final LastCheckpoint last;

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
    this.last = new LastCheckpoint(clock);
  }

  /**
   * @return checks in the order in which a person would make them, each named once
   * @throws IOException where the checkpoint's files cannot be read
   */
  public VerifiedReceipt verify(GivenReceipt given, Evidence evidence) throws IOException {
    ReceiptPayload payload = given.payload();
    InputCheck.Found input = new InputCheck(evidence.images()).of(payload.input());
    FilesCheck.Found files = last.files(evidence.checkpoint(), payload.checkpoint());
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

  static Optional<String> obstacle(
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
    ScoringModel model = last.model(evidence.checkpoint(), payload, again.sets(), device);
    StudyInput study = model.prepare(again.study());
    Pass pass = payload.pass().asPass();
    if (!pass.takes(study)) {
      checks.add(CalibrationCheck.alone(payload));
      checks.add(
          ReceiptCheck.failed(
              ScoresCheck.NAME,
              "the network sees %d pictures of the study, and saw %d"
                  .formatted(study.pictures(), pass.pictures().get(pass.place()))));
      return new VerifiedReceipt(checks, List.of());
    }
    ScoredStudy scored = model.scoreIn(pass, study).by(payload.settings().findings());
    checks.add(CalibrationCheck.of(payload, model, scored));
    return compared(payload, scored, device, checks);
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

  @Override
  public void close() {
    last.close();
  }
}
