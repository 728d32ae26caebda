package io.radstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.Topic;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics of which compaction has taken records, or will. */
class EatenTopicsTest {

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @ParameterizedTest
  @EnumSource(names = {"TUPLES_TRAIN", "TUPLES_VALIDATION", "TRAINING_LEDGER"})
  void shouldTakeNoStepWhereATopicIsCompacted(Topic topic) {
    String name = compact(topic, "compact,delete");

    assertThatThrownBy(() -> train(fixture.config("schedule.steps=2")))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining("topic %s has cleanup.policy=compact,delete", name)
        .hasMessageContaining(
            "kafka-configs --alter --topic %s --add-config cleanup.policy=delete", name);
    assertThat(fixture.steps()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"TUPLES_TRAIN", "TRAINING_LEDGER"})
  void shouldReplayNothingWhereATopicIsCompacted(Topic topic) throws Exception {
    RunSummary run = train(fixture.config("schedule.steps=2"));
    String name = compact(topic, "compact");

    assertThatThrownBy(() -> replay(run))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining("topic %s has cleanup.policy=compact", name);
  }

  @Test
  void shouldMindCompactedLabelsOnlyWhereTheyAreLearned() throws Exception {
    String name = compact(Topic.LABELS, "compact");

    assertThat(train(fixture.config("schedule.steps=2")).step()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                train(
                    fixture.config(
                        "line=labels", "model.objectives.labels=1", "model.findings=[effusion]")))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining("topic %s has cleanup.policy=compact", name);
  }

  /** Whatever the settings say by now. */
  @Test
  void shouldNotGoOnInAnotherOrderWhereARecordIsGoneFromBetween() throws Exception {
    RunConfig config = fixture.config("schedule.steps=9", "checkpoint.every=9");
    fixture.runAndDie(root, config, RunFixture.killAt(2));
    int taken = fixture.steps().size();
    fixture.cluster().hide(topic(Topic.TUPLES_TRAIN), 1, 3);

    assertThatThrownBy(() -> train(config))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(
            "%s-1 had 12 records at the offsets 0 to 12", topic(Topic.TUPLES_TRAIN))
        .hasMessageContaining("and has 11 now")
        .hasMessageContaining("--new-run");
    assertThat(fixture.steps()).hasSize(taken);
  }

  private String compact(Topic topic, String policy) {
    fixture.cluster().setting(topic(topic), "cleanup.policy", policy);
    return topic(topic);
  }

  private static String topic(Topic topic) {
    return Tuples.CONNECTION.topics().of(topic);
  }

  private RunSummary train(RunConfig config) throws Exception {
    return fixture.run(root, config, TrainingListener.none());
  }

  private void replay(RunSummary run) throws Exception {
    fixture.replay(
        new ReplayRequest(
            run.runId(), Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
        root,
        ReplayListener.none());
  }
}
