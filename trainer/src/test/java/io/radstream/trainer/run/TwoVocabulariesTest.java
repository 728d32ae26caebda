package io.radstream.trainer.run;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.figures.MetricNames;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.run.RunSummary.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A very small network whose report encoder has a vocabulary of its own. */
class TwoVocabulariesTest {

  private static final String[] FINDINGS = {"small left effusion", "small right effusion"};

  private static ReportTokenizers tokenizers;

  @TempDir private Path root;
  private final FakeCluster cluster = new FakeCluster();

  @BeforeAll
  static void loadTokenizers() throws IOException {
    List<String> corpus = List.of("left right small", "right left small");
    byte[] encoder = WordPieceTrainer.train(corpus.iterator(), WordPieceTrainer.Options.DEFAULT);
    tokenizers = new ReportTokenizers(Tuples.tokenizer(), ReportTokenizer.of(encoder));
  }

  @AfterAll
  static void closeTokenizers() {
    tokenizers.close();
  }

  @BeforeEach
  void fillTopics() {
    for (Topic topic : Topic.values()) {
      cluster.topic(name(topic), 1);
    }
    for (Topic topic : List.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION)) {
      for (int i = 0; i < 16; i++) {
        cluster.append(name(topic), 0, Tuples.bytes(tuple(topic.name() + i, i % 2), name(topic)));
      }
    }
  }

  @Test
  void shouldTrainGoOnAndKeepBothTokenizers() throws Exception {
    RunSummary first = run(tokenizers, "schedule.steps=4");
    RunSummary second = run(tokenizers, "schedule.steps=6");

    assertThat(first.validation()).containsKey(MetricNames.VALIDATION_LOSS);
    assertThat(second.outcome()).isEqualTo(Outcome.FINISHED);
    assertThat(second.steps()).isEqualTo(2);
    Checkpoint checkpoint = new CheckpointStore(root).load("line", 6);
    checkpoint.verify();
    assertThat(checkpoint.file("tokenizer.json")).hasBinaryContent(tokenizers.decoder().json());
    assertThat(checkpoint.file("encoder-tokenizer.json"))
        .hasBinaryContent(tokenizers.encoder().json());
    List<CheckpointPublished> announced = published();
    assertThat(announced).hasSize(2);
    assertThat(announced.get(1).getFiles()).containsKey("encoder-tokenizer.json");
    assertThat(announced.get(1).getTokenizer()).isEqualTo(tokenizers.fingerprint());
  }

  @Test
  void shouldNotGoOnWithAnotherTokenizerOfTheEncoder() throws Exception {
    run(tokenizers, "schedule.steps=1");
    ReportTokenizers shared = ReportTokenizers.shared(tokenizers.decoder());

    assertThatThrownBy(() -> run(shared, "schedule.steps=2"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("was trained with another tokenizer")
        .hasMessageContaining(tokenizers.fingerprint());
  }

  @Test
  void shouldRefuseTuplesOfOneVocabulary() {
    ReportTokenizers shared = ReportTokenizers.shared(tokenizers.decoder());

    assertThatThrownBy(() -> run(shared, "schedule.steps=1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("16 of 16 studies on test.tuples.train were tokenized with another");
  }

  @Test
  void shouldNameThePartWhoseVocabularyIsAnother() {
    assertThatThrownBy(() -> run(tokenizers, "model.text.vocabulary=9"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("model.text.vocabulary is 9");
  }

  @Test
  void shouldLeaveOutATupleWhoseEncoderTokensAreNotOfTheVocabulary() throws Exception {
    int unknown = tokenizers.encoder().vocabulary().size();
    StudyTuple wrong =
        StudyTuple.newBuilder(tuple("wrong", 0)).setEncoderTokens(List.of(0, unknown, 1)).build();
    StudyTuple lacking = StudyTuple.newBuilder(tuple("lacking", 0)).setEncoderTokens(null).build();
    StudyTuple wrongMirrored =
        StudyTuple.newBuilder(tuple("wrong mirrored", 0))
            .setMirroredEncoderTokens(List.of(0, unknown, 1))
            .build();
    StudyTuple lackingMirrored =
        StudyTuple.newBuilder(tuple("lacking mirrored", 0)).setMirroredEncoderTokens(null).build();
    StudyTuple emptyMirrored =
        StudyTuple.newBuilder(tuple("empty mirrored", 0)).setMirroredTokens(List.of()).build();
    for (StudyTuple tuple :
        List.of(wrong, lacking, wrongMirrored, lackingMirrored, emptyMirrored)) {
      cluster.append(name(Topic.TUPLES_TRAIN), 0, Tuples.bytes(tuple, name(Topic.TUPLES_TRAIN)));
    }

    RunSummary summary = run(tokenizers, "schedule.steps=1");

    assertThat(summary.studies()).isEqualTo(16);
  }

  private RunSummary run(ReportTokenizers given, String... overrides) throws Exception {
    RunConfig config = SmallRun.config(given, overrides);
    try (TrainingRun run =
        TrainingRun.open(
            new Surroundings(
                CONNECTION,
                cluster,
                new CheckpointStore(root),
                DeviceChoice.auto(),
                Clock.systemUTC()),
            new RunRequest(config, given, new Beginning.GoOn()),
            TrainingListener.none())) {
      return run.run();
    }
  }

  private static StudyTuple tuple(String id, int finding) {
    byte[] image = Tuples.png(Tuples.bar(finding * 20, finding * 20 + 10));
    List<Integer> encoderTokens = encoderTokens(FINDINGS[finding]);
    List<Integer> mirrored = encoderTokens(FINDINGS[1 - finding]);
    return StudyTuple.newBuilder(
            Tuples.tuple(id, 1, tokenizers.decoder(), FINDINGS[finding], image))
        .setEncoderTokens(encoderTokens)
        .setMirroredEncoderTokens(mirrored)
        .setTokenizer(tokenizers.fingerprint())
        .build();
  }

  private static List<Integer> encoderTokens(String report) {
    return Arrays.stream(tokenizers.encoder().encode(report, 100)).boxed().toList();
  }

  private List<CheckpointPublished> published() {
    RecordReader<CheckpointPublished> reader =
        new RecordReader<>(CheckpointPublished.class, CONNECTION);
    return cluster.values(name(Topic.CHECKPOINTS)).stream()
        .map(value -> reader.read(name(Topic.CHECKPOINTS), value))
        .map(decoded -> ((Decoded.Valid<CheckpointPublished>) decoded).value())
        .toList();
  }

  private static String name(Topic topic) {
    return CONNECTION.topics().of(topic);
  }
}
