package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.model.Learning;
import io.radstream.model.Refers;
import io.radstream.model.RefersTraining;
import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import io.radstream.serving.fleet.Exam;
import io.radstream.serving.fleet.JudgedFleet;
import io.radstream.serving.fleet.Known;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.panel.GatePolicy;
import io.radstream.serving.panel.GateSettings;
import io.radstream.serving.panel.PanelBuilder;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.StudyScorer;
import io.radstream.serving.score.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real network, small and untrained. */
class RealCheckpointTest {

  @TempDir private Path store;
  private StoredCheckpoint checkpoint;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void write() throws IOException {
    checkpoint = StoredCheckpoint.write(store, "demo", 1);
    writeWeights(StoredCheckpoint.config());
  }

  private void writeWeights(ModelConfig config) throws IOException {
    writeWeights(checkpoint, config, 7);
  }

  private static void writeWeights(StoredCheckpoint checkpoint, ModelConfig config, long seed)
      throws IOException {
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(
                config, new OptimizerConfig(0.9, 1e-4, 10), Compute.PLAIN, ComputeDevice.best()),
            seed)) {
      training.save(
          checkpoint.directory().resolve("model.safetensors"),
          checkpoint.directory().resolve("optimizer.safetensors"));
    }
  }

  private CheckpointLoader loader() {
    return new CheckpointLoader(
        store, PromptSet.builtIn(), NetworkLoader.on(ComputeDevice.best()), Clock.systemUTC());
  }

  @Test
  void shouldGiveTheSameScoresAloneAndInABatch() throws Exception {
    try (JudgedFleet fleet = new JudgedFleet(false);
        StudyScorer alone =
            new StudyScorer(
                fleet, new BatchLimits(1, BatchLimits.DEFAULT.maxDelay(), 64), meters());
        StudyScorer together = new StudyScorer(fleet, BatchLimits.DEFAULT, meters())) {
      fleet.carryOut(loader().load(checkpoint.announce()), new Verdict.Promote("test"));

      List<ScoredStudy> single = scores(alone);
      List<ScoredStudy> batched = scores(together);

      for (int i = 0; i < single.size(); i++) {
        ScoredStudy other = batched.get(i);
        single
            .get(i)
            .probabilities()
            .forEach(
                (finding, probability) ->
                    assertThat(other.probabilities().get(finding))
                        .as(finding)
                        .isBetween(0.0, 1.0)
                        .isCloseTo(probability, within(1e-3)));
      }
      assertThat(single.get(0).probabilities()).isNotEqualTo(single.get(3).probabilities());
    }
  }

  @Test
  void shouldScoreWithAReportEncoderThatHasItsOwnVocabulary() throws Exception {
    checkpoint.putEncoderTokenizer();
    writeWeights(StoredCheckpoint.configOfTwoVocabularies());

    try (JudgedFleet fleet = new JudgedFleet(false);
        StudyScorer scorer = new StudyScorer(fleet, BatchLimits.DEFAULT, meters())) {
      fleet.carryOut(loader().load(checkpoint.announce()), new Verdict.Promote("test"));

      assertThat(scores(scorer))
          .allSatisfy(
              study ->
                  assertThat(study.probabilities().values())
                      .allSatisfy(probability -> assertThat(probability).isBetween(0.0, 1.0)));
    }
  }

  @Test
  void shouldScoreWithTheLabelHeadOfANetworkThatLearnedFromLabelsAlone() throws Exception {
    ModelConfig whole = StoredCheckpoint.config();
    ModelConfig labelled =
        new ModelConfig(
            whole.radiograph(),
            whole.fusion(),
            whole.report(),
            whole.text(),
            new Objectives(0, 0, 1, 0.1, 1, Objectives.LanguageMean.REPORT),
            List.of("effusion", "rib fracture"));
    checkpoint.putConfig(labelled);
    writeWeights(labelled);

    try (JudgedFleet fleet = new JudgedFleet(false);
        StudyScorer scorer = new StudyScorer(fleet, BatchLimits.DEFAULT, meters());
        Refers alone =
            Refers.load(
                labelled,
                checkpoint.directory().resolve("model.safetensors"),
                ComputeDevice.best())) {
      fleet.carryOut(loader().load(checkpoint.announce()), new Verdict.Promote("test"));

      List<ScoredStudy> scored = scores(scorer);

      StudyInput input = new StudyPreparation(labelled.radiograph().imageSize()).prepare(views(80));
      float[] truth = alone.findings(input.images(), 1)[0];
      ScoredStudy study = scored.get(1);
      assertThat(study.scoredBy())
          .isEqualTo(Map.of("effusion", ScoredBy.LABELS, "rib fracture", ScoredBy.LABELS));
      assertThat(study.probabilities().get("effusion")).isCloseTo((double) truth[0], within(1e-4));
      assertThat(study.probabilities().get("rib fracture"))
          .isCloseTo((double) truth[1], within(1e-4));
    }
  }

  @Test
  void shouldJudgeOnAPanel() throws Exception {
    StoredCheckpoint next = StoredCheckpoint.write(store, "demo", 2);
    writeWeights(next, StoredCheckpoint.config(), 8);
    PanelBuilder panel = new PanelBuilder();
    for (int i = 0; i < 6; i++) {
      panel.add(
          "line " + i,
          "study " + i,
          "patient " + i,
          Map.of("pa", TestImages.png(64, 40 * i)),
          Map.of("effusion", i % 2 == 0 ? 1.0 : 0.0));
    }
    GatePolicy gate = new GatePolicy(panel.build(), new GateSettings(0.95, 50, 1, 0.001));
    gate.start();

    try (ScoringModel live = loader().load(checkpoint.announce());
        ScoringModel same = loader().load(checkpoint.announce());
        ScoringModel other = loader().load(next.announce())) {
      Verdict ofSame = judge(gate, same, live);
      Verdict ofOther = judge(gate, other, live);

      assertThat(ofSame).isInstanceOf(Verdict.Promote.class);
      assertThat(ofSame.figures())
          .containsEntry("difference.effusion.low", 0.0)
          .containsEntry("difference.effusion.high", 0.0)
          .containsEntry("moved.effusion", 0.0);
      assertThat(ofOther.figures()).containsEntry("moved.effusion", 1.0);
    } finally {
      gate.close();
    }
  }

  private Verdict judge(GatePolicy gate, ScoringModel candidate, ScoringModel live) {
    return gate.judge(
        new Known(
            KnownCheckpoint.of(checkpoint.announce()),
            candidate.capabilities(),
            Optional.empty(),
            Map.of(),
            new Exam(Optional.of(candidate), Optional.of(live), () -> false)));
  }

  private static StudyViews views(int brightness) {
    return new StudyViews(Optional.empty(), List.of(TestImages.png(64, brightness)));
  }

  private static SimpleMeterRegistry meters() {
    return new SimpleMeterRegistry();
  }

  private static List<ScoredStudy> scores(StudyScorer scorer) {
    List<CompletableFuture<ScoredStudy>> pending =
        IntStream.range(0, 4).mapToObj(i -> scorer.score(() -> views(i * 80))).toList();
    return pending.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void shouldRefuseWeightsThatWereCutOff() throws Exception {
    Path weights = checkpoint.directory().resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> loader().load(checkpoint.announce()))
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void shouldRefuseWeightsThatAreNoSafetensors() throws Exception {
    checkpoint.put("model.safetensors", new byte[] {1, 2, 3});

    assertThatThrownBy(() -> loader().load(checkpoint.announce()))
        .isInstanceOf(RefusedCheckpointException.class)
        .hasMessageContaining("model.safetensors");
  }
}
