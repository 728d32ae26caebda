package io.radstream.serving.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.checkpoints.CalibratedFinding;
import io.radstream.checkpoints.CalibrationFile;
import io.radstream.checkpoints.CheckpointCalibration;
import io.radstream.checkpoints.CheckpointDirectory;
import io.radstream.evaluation.FittedCalibration;
import io.radstream.evaluation.Platt;
import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.model.config.Compute;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.checkpoint.StoredCheckpoint;
import io.radstream.serving.receipt.ReceiptCheck.Outcome;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.FindingPrompts;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.LogPosition;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real network, small and untrained. */
class ReceiptVerifierTest {

  private static final double TOLERANCE = 1e-4;
  private static final byte[] FRONTAL = TestImages.png(80, 200);
  private static final byte[] LATERAL = TestImages.png(90, 40);
  private static final PromptSet OWN =
      new PromptSet(
          List.of(
              new FindingPrompts(
                  "effusion", List.of("small left pleural effusion"), List.of("no effusion"))));

  private static final String STATE =
      """
      {"line": "demo", "runId": "run", "step": 1, "firstStep": 0, "seed": 1, "tokenizer": "t",
       "parent": null, "time": "2026-01-01T00:00:00Z", "metrics": {}, "files": {},
       "ledger": {"partition": 0, "offset": 4}}
      """;

  @TempDir private static Path store;
  @TempDir private Path other;
  private static StoredCheckpoint checkpoint;

  @BeforeAll
  static void write() throws IOException {
    TorchEngine.start(1);
    checkpoint = StoredCheckpoint.write(store, "demo", 1);
    checkpoint.put("state.json", STATE.getBytes(StandardCharsets.UTF_8));
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(
                StoredCheckpoint.config(),
                new OptimizerConfig(0.9, 1e-4, 10),
                Compute.PLAIN,
                ComputeDevice.best()),
            7)) {
      training.save(
          checkpoint.directory().resolve("model.safetensors"),
          checkpoint.directory().resolve("optimizer.safetensors"));
    }
  }

  /** As a service gives it. */
  private static ObjectNode receipt(PromptSet prompts) throws Exception {
    return receipt(prompts, checkpoint.directory());
  }

  private static ObjectNode receipt(PromptSet prompts, Path directory) throws Exception {
    return receipt(prompts, directory, List.of(), List.of());
  }

  /**
   * @param before studies in the same pass, in front of this one
   * @param behind studies in the same pass, behind it
   */
  private static ObjectNode receipt(
      PromptSet prompts, Path directory, List<StudyViews> before, List<StudyViews> behind)
      throws Exception {
    CheckpointContent content =
        new CheckpointContent(
            "run",
            checkpoint.announce().getFiles(),
            List.of(new LogPosition("tuples.train", 0, 17)),
            Optional.of(new LogPosition("training.ledger", 0, 4)));
    FindingSets sets = FindingSets.of(prompts);
    ComputeDevice device = ComputeDevice.best();
    StudyViews views = new StudyViews(Optional.of("S-17"), List.of(FRONTAL, LATERAL));
    Receipts receipts =
        new Receipts(
            ScoringMeans.of(Precision.FLOAT32, device),
            sets,
            Optional.of(SampleReceipt.KEY),
            () -> Instant.EPOCH);
    try (ScoringModel model =
        new CheckpointLoader(store, sets, NetworkLoader.on(device), () -> Instant.EPOCH, true)
            .open(
                new CheckpointDirectory(directory),
                new ModelIdentity("demo-000000001", "demo", 1, Instant.EPOCH, content))) {
      List<StudyViews> pass = new ArrayList<>(before);
      pass.add(views);
      pass.addAll(behind);
      return SampleReceipt.tree(
          receipts.of(model.scoreViews(pass).get(before.size()), FindingSets.ALL, views.digests()));
    }
  }

  private static ObjectNode receipt() throws Exception {
    return receipt(PromptSet.builtIn());
  }

  private static Evidence evidence(Path directory, byte[]... images) {
    Map<String, byte[]> named = new LinkedHashMap<>();
    for (byte[] image : images) {
      named.put("image" + named.size(), image);
    }
    return new Evidence(
        Optional.of(SampleReceipt.KEY.publicKey()),
        new CheckpointDirectory(directory),
        named,
        Optional.empty());
  }

  private static Evidence evidence() {
    return evidence(checkpoint.directory(), LATERAL, FRONTAL);
  }

  private static VerifiedReceipt verify(ObjectNode receipt, Evidence evidence) throws IOException {
    try (ReceiptVerifier verifier =
        new ReceiptVerifier(threads -> ComputeDevice.best(), TOLERANCE, () -> Instant.EPOCH)) {
      return verifier.verify(new ReceiptReader().read(SampleReceipt.text(receipt)), evidence);
    }
  }

  private static Outcome outcome(VerifiedReceipt verified, String check) {
    return find(verified, check).outcome();
  }

  private static ReceiptCheck find(VerifiedReceipt verified, String check) {
    return verified.checks().stream()
        .filter(one -> one.name().equals(check))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldScoreAgainToTheSameBits() throws Exception {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode receipt = receipt();
    answer.set("receipt", receipt);
    ObjectNode probabilities = answer.putObject("probabilities");
    ObjectNode by = answer.putObject("scoredBy");
    receipt
        .at("/payload/scores")
        .properties()
        .forEach(
            score -> {
              probabilities.set(score.getKey(), score.getValue().get("probability"));
              by.set(score.getKey(), score.getValue().get("by"));
            });
    answer.putObject("checkpoint").put("id", "demo-000000001").put("line", "demo").put("step", 1);
    answer.putObject("views").set("used", receipt.at("/payload/input/used"));

    VerifiedReceipt verified = verify(answer, evidence());

    assertThat(verified.checks())
        .allSatisfy(check -> assertThat(check.outcome()).as(check.detail()).isEqualTo(Outcome.OK));
    assertThat(verified.isReproduced()).isTrue();
    assertThat(verified.scores())
        .hasSize(PromptSet.builtIn().findings().size())
        .allSatisfy(
            score -> assertThat(score.agreement()).isEqualTo(ScoreComparison.Agreement.SAME_BITS));
  }

  @Test
  void shouldScoreAgainInAPassOfTheSameShape() throws Exception {
    StudyViews one = new StudyViews(Optional.empty(), List.of(TestImages.png(70, 130)));
    StudyViews three =
        new StudyViews(
            Optional.empty(),
            List.of(TestImages.png(60, 10), TestImages.png(50, 90), TestImages.png(40, 240)));
    ObjectNode receipt =
        receipt(
            PromptSet.builtIn(), checkpoint.directory(), List.of(one, three), List.of(one, one));

    VerifiedReceipt verified = verify(receipt, evidence());

    assertThat(receipt.at("/payload/pass").toString())
        .isEqualTo("{\"pictures\":[1,3,2,1,1],\"place\":2}");
    assertThat(verified.scores())
        .allSatisfy(
            score -> assertThat(score.agreement()).isEqualTo(ScoreComparison.Agreement.SAME_BITS));
  }

  @Test
  void shouldRefuseAPassThatTheStudyWasNotIn() throws Exception {
    ObjectNode receipt = receipt();
    ((ObjectNode) receipt.at("/payload/pass")).putArray("pictures").add(3);

    VerifiedReceipt verified = verify(receipt, evidence());

    assertThat(find(verified, "scores").detail())
        .isEqualTo("the network sees 2 pictures of the study, and saw 3");
    assertThat(verified.isWrong()).isTrue();
  }

  @Test
  void shouldNameTheViewThatIsMissing() throws Exception {
    ObjectNode receipt = receipt();

    VerifiedReceipt verified =
        verify(receipt, evidence(checkpoint.directory(), TestImages.white(), FRONTAL));

    assertThat(find(verified, "input").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(find(verified, "input").detail())
        .contains("view 2 of 2", "is none of the images", "image0 is none of the views");
    assertThat(outcome(verified, "scores")).isEqualTo(Outcome.NOT_CHECKED);
    assertThat(verified.isReproduced()).isFalse();
  }

  @Test
  void shouldSayWhatItCouldNotCheck() throws Exception {
    ObjectNode receipt = receipt();

    VerifiedReceipt verified = verify(receipt, evidence(other.resolve("none")));

    assertThat(outcome(verified, "signature")).isEqualTo(Outcome.OK);
    assertThat(List.of("answer", "input", "checkpoint", "run", "settings", "scores"))
        .allSatisfy(name -> assertThat(outcome(verified, name)).isEqualTo(Outcome.NOT_CHECKED));
    assertThat(verified.isWrong()).isFalse();
    assertThat(verified.isReproduced()).isFalse();
  }

  @Test
  void shouldNoticeOtherWeights() throws Exception {
    ObjectNode receipt = receipt();
    copy();
    Files.write(other.resolve("model.safetensors"), new byte[] {1});
    Files.delete(other.resolve("README.md"));

    VerifiedReceipt verified = verify(receipt, evidence(other, FRONTAL, LATERAL));

    assertThat(find(verified, "checkpoint").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(find(verified, "checkpoint").detail())
        .contains("model.safetensors has another SHA-256", "README.md is missing");
    assertThat(outcome(verified, "scores")).isEqualTo(Outcome.NOT_CHECKED);
  }

  @Test
  void shouldScoreWithACheckpointThatHasLostWhatScoringDoesNotRead() throws Exception {
    ObjectNode receipt = receipt();
    copy();
    Files.delete(other.resolve("optimizer.safetensors"));

    VerifiedReceipt verified = verify(receipt, evidence(other, FRONTAL, LATERAL));

    assertThat(outcome(verified, "checkpoint")).isEqualTo(Outcome.FAILED);
    assertThat(outcome(verified, "scores")).isEqualTo(Outcome.OK);
    assertThat(verified.isReproduced()).isFalse();
  }

  @Test
  void shouldNotReadATokenizerThatTheReceiptDoesNotKnow() throws Exception {
    ObjectNode receipt = receipt();
    copy();
    Files.copy(other.resolve("tokenizer.json"), other.resolve("encoder-tokenizer.json"));

    VerifiedReceipt verified = verify(receipt, evidence(other, FRONTAL, LATERAL));

    assertThat(find(verified, "checkpoint").detail()).contains("is no file of the receipt's");
    assertThat(outcome(verified, "scores")).isEqualTo(Outcome.NOT_CHECKED);
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.list(checkpoint.directory())) {
      for (Path file : files.toList()) {
        Files.copy(file, other.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void shouldTellSmallDifferencesFromLargeOnes() throws Exception {
    ObjectNode receipt = receipt();
    List<String> findings =
        receipt.at("/payload/scores").properties().stream().map(Map.Entry::getKey).toList();
    move(receipt, findings.get(0), 0.4 * TOLERANCE);
    ObjectNode near = receipt.deepCopy();
    move(receipt, findings.get(1), 3 * TOLERANCE);

    VerifiedReceipt within = verify(near, evidence());
    VerifiedReceipt beyond = verify(receipt, evidence());

    assertThat(outcome(within, "scores")).isEqualTo(Outcome.OK);
    assertThat(within.scores().get(0).agreement())
        .isEqualTo(ScoreComparison.Agreement.WITHIN_TOLERANCE);
    assertThat(outcome(beyond, "scores")).isEqualTo(Outcome.FAILED);
    assertThat(beyond.scores().get(1).agreement()).isEqualTo(ScoreComparison.Agreement.DIFFERENT);
    assertThat(outcome(within, "signature")).isEqualTo(Outcome.FAILED);
  }

  private static void move(ObjectNode receipt, String finding, double by) {
    ObjectNode score = (ObjectNode) receipt.at("/payload/scores").get(finding);
    double raw = score.get("raw").doubleValue();
    double moved = raw < 0.5 ? raw + by : raw - by;
    score.put("raw", moved).put("probability", moved);
  }

  @Test
  void shouldNoticeAFindingThatWasAdded() throws Exception {
    ObjectNode receipt = receipt();
    ((ObjectNode) receipt.at("/payload/scores"))
        .putObject("invented")
        .put("probability", 0.9)
        .put("raw", 0.9)
        .put("by", "labels");

    VerifiedReceipt verified = verify(receipt, evidence());

    assertThat(outcome(verified, "scores")).isEqualTo(Outcome.FAILED);
    assertThat(verified.scores())
        .filteredOn(score -> score.again() == null)
        .extracting(ScoreComparison::finding)
        .containsExactly("invented");
  }

  @Test
  void shouldNoticeAnAnswerThatSaysOtherThanItsReceipt() throws Exception {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("receipt", receipt());
    answer.putObject("probabilities").put("effusion", 0.99);

    VerifiedReceipt verified = verify(answer, evidence());

    assertThat(find(verified, "answer").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(find(verified, "answer").detail())
        .contains("the findings", "the probability of effusion", "the checkpoint", "the views");
  }

  @Test
  void shouldNeedThePromptsOfTheService() throws Exception {
    ObjectNode receipt = receipt(OWN);
    Evidence none = evidence();
    Evidence right = new Evidence(none.key(), none.checkpoint(), none.images(), Optional.of(OWN));
    Evidence wrong =
        new Evidence(
            none.key(), none.checkpoint(), none.images(), Optional.of(PromptSet.builtIn()));

    List<VerifiedReceipt> verified =
        List.of(verify(receipt, right), verify(receipt, none), verify(receipt, wrong));

    assertThat(verified)
        .extracting(one -> outcome(one, "prompts"))
        .containsExactly(Outcome.OK, Outcome.NOT_CHECKED, Outcome.FAILED);
    assertThat(verified)
        .extracting(VerifiedReceipt::isReproduced)
        .containsExactly(true, false, false);
  }

  @Test
  void shouldNoticeAnotherRunOrPlaceOnTheLedger() throws Exception {
    ObjectNode receipt = receipt();
    ObjectNode named = (ObjectNode) receipt.at("/payload/checkpoint");
    named.put("runId", "another");
    ((ObjectNode) named.get("ledger")).put("offset", 5);

    VerifiedReceipt verified = verify(receipt, evidence());

    assertThat(find(verified, "run").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(find(verified, "run").detail()).contains("run", "record of the ledger");
  }

  @Test
  void shouldSayWhereItScoredByOtherMeans() throws Exception {
    ObjectNode receipt = receipt();
    ((ObjectNode) receipt.at("/payload/settings")).put("device", "cuda").put("engine", "PyTorch 1");

    VerifiedReceipt verified = verify(receipt, evidence());

    assertThat(find(verified, "settings").outcome()).isEqualTo(Outcome.NOT_CHECKED);
    assertThat(find(verified, "settings").detail()).contains("engine PyTorch 1 then");
    assertThat(outcome(verified, "scores")).isEqualTo(Outcome.OK);
  }

  @Test
  void shouldNoticeProbabilitiesThatNoCalibrationMade() throws Exception {
    ObjectNode receipt = receipt();
    String finding = receipt.at("/payload/scores").fieldNames().next();
    ((ObjectNode) receipt.at("/payload/scores").get(finding)).put("probability", 0.123);

    VerifiedReceipt verified = verify(receipt, evidence());

    assertThat(outcome(verified, "calibration")).isEqualTo(Outcome.FAILED);
    assertThat(find(verified, "calibration").detail()).contains(finding);
    assertThat(outcome(verified, "scores")).isEqualTo(Outcome.OK);
  }

  @Test
  void shouldCompareWhatTheNetworkGivesWhereTheCalibrationIsGone() throws Exception {
    ObjectNode receipt = receipt();
    ((ObjectNode) receipt.at("/payload/settings")).put("calibration", "a".repeat(64));
    ((ObjectNode) receipt.at("/payload/scores/effusion")).put("probability", 0.9);

    VerifiedReceipt verified = verify(receipt, evidence());

    assertThat(outcome(verified, "calibration")).isEqualTo(Outcome.NOT_CHECKED);
    assertThat(outcome(verified, "scores")).isEqualTo(Outcome.OK);
  }

  private static CheckpointCalibration calibration() throws IOException {
    FittedCalibration fitted =
        new FittedCalibration(
            new Platt(0.5, 1), Optional.empty(), 20, 10, Optional.empty(), Optional.empty());
    FindingPrompts effusion =
        PromptSet.builtIn().findings().stream()
            .filter(prompts -> prompts.finding().equals("effusion"))
            .findFirst()
            .orElseThrow();
    return new CheckpointCalibration(
        Sha256.of(checkpoint.directory().resolve(CheckpointDirectory.MODEL)),
        new CheckpointCalibration.Panel(Sha256.of("panel"), 20, 20),
        List.of(
            new CalibratedFinding(
                new CalibratedFinding.Scored("effusion", Optional.of(effusion.sha256())), fitted)),
        Optional.empty());
  }

  @Test
  void shouldCalibrateAgainToTheSameBits() throws Exception {
    copy();
    new CalibrationFile(new CheckpointDirectory(other)).write(calibration());
    ObjectNode receipt = receipt(PromptSet.builtIn(), other);
    ObjectNode tampered = receipt.deepCopy();
    ((ObjectNode) tampered.at("/payload/scores/effusion")).put("probability", 0.123);

    VerifiedReceipt same = verify(receipt, evidence(other, LATERAL, FRONTAL));
    VerifiedReceipt changed = verify(tampered, evidence(other, LATERAL, FRONTAL));

    assertThat(receipt.at("/payload/settings/calibration").isTextual()).isTrue();
    assertThat(receipt.at("/payload/scores/effusion/probability"))
        .isNotEqualTo(receipt.at("/payload/scores/effusion/raw"));
    assertThat(outcome(same, "calibration")).isEqualTo(Outcome.OK);
    assertThat(same.isReproduced()).isTrue();
    assertThat(outcome(changed, "calibration")).isEqualTo(Outcome.FAILED);
  }
}
