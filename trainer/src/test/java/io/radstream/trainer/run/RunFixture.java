package io.radstream.trainer.run;

import static io.radstream.trainer.Tuples.CONNECTION;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.RefersTraining;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.objects.ClaimedObjects;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.LiveModel;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.ranks.Leader;
import io.radstream.trainer.replay.Replay;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Topics in memory with studies on them, and runs over them of a very small network. One for each
 * test, as a registered extension.
 */
public final class RunFixture implements AfterEachCallback, AutoCloseable {

  public static final int STUDIES = 24;

  private static final String[] FINDINGS = {
    "small left pleural effusion", "small right pleural effusion", "no pneumothorax", "clear lung"
  };

  private static final RecordSerde<StudyWithdrawn> WITHDRAWALS =
      RecordSerde.of(StudyWithdrawn.class, CONNECTION);

  private final ReportTokenizer tokenizer;
  private final FakeCluster cluster = new FakeCluster();
  private final int transaction;
  private Clock clock = Clock.systemUTC();
  private Optional<ClaimedObjects> originals = Optional.empty();
  private Function<RefersTraining, StepTaker.Steps> steps = network -> network::begin;

  public RunFixture() {
    this(Integer.MAX_VALUE);
  }

  /**
   * @param transaction records of a partition, after which one is committed
   */
  public RunFixture(int transaction) {
    this.transaction = transaction;
    try {
      this.tokenizer = Tuples.tokenizer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Topic topic : Topic.values()) {
      cluster.topic(name(topic), 2);
    }
    append(Topic.TUPLES_TRAIN, "train", STUDIES);
    append(Topic.TUPLES_VALIDATION, "validation", 8);
  }

  public FakeCluster cluster() {
    return cluster;
  }

  public RunConfig config(String... overrides) {
    return SmallRun.config(ReportTokenizers.shared(tokenizer), overrides);
  }

  public void append(Topic topic, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      append(topic, i % 2, study(prefix, i));
      if ((i / 2 + 1) % transaction == 0) {
        cluster.mark(name(topic), i % 2);
      }
    }
  }

  public void append(Topic topic, int partition, StudyTuple tuple) {
    cluster.append(name(topic), partition, tuple.getStudyId(), Tuples.bytes(tuple, name(topic)));
  }

  public void withdraw(String studyId) {
    StudyWithdrawn withdrawn = new StudyWithdrawn(studyId, "test", Instant.EPOCH, List.of());
    String topic = name(Topic.STUDIES_WITHDRAWN);
    cluster.append(topic, 0, studyId, WITHDRAWALS.serializer().serialize(topic, withdrawn));
  }

  public void live(String checkpointId, Instant time) {
    LiveModel live = new LiveModel("instance", checkpointId, "line", time);
    String topic = name(Topic.MODELS_LIVE);
    try (RecordSerde<LiveModel> serde = RecordSerde.of(LiveModel.class, CONNECTION)) {
      cluster.append(topic, 0, serde.serializer().serialize(topic, live));
    }
  }

  public StudyTuple study(String prefix, int number) {
    int finding = number % FINDINGS.length;
    byte[] image = Tuples.png(Tuples.bar(finding * 8, finding * 8 + 8 + number % 3));
    return Tuples.tuple(prefix + number, 1, tokenizer, FINDINGS[finding], image, image);
  }

  /** Has runs that are opened from now on tell the time by another clock. */
  public void clock(Clock other) {
    clock = other;
  }

  /** Has runs and replays from now on read pictures at full resolution there. */
  public void originals(Optional<ClaimedObjects> others) {
    originals = others;
  }

  /** Has runs that are opened from now on begin their steps otherwise. */
  void steps(Function<RefersTraining, StepTaker.Steps> other) {
    steps = other;
  }

  public RunSummary run(Path store, RunConfig config, TrainingListener listener)
      throws IOException, InterruptedException {
    try (TrainingRun run = open(store, config, new Beginning.GoOn(), listener)) {
      return run.run();
    }
  }

  public TrainingRun open(
      Path store, RunConfig config, Beginning beginning, TrainingListener listener)
      throws IOException {
    return open(store, config, beginning, Arrangement.NEWEST, listener);
  }

  public TrainingRun open(
      Path store,
      RunConfig config,
      Beginning beginning,
      Arrangement arrangement,
      TrainingListener listener)
      throws IOException {
    return TrainingRun.open(
        around(store),
        new RunRequest(config, ReportTokenizers.shared(tokenizer), beginning, arrangement),
        listener,
        steps);
  }

  /** With other ranks. */
  public TrainingRun open(
      Path store, RunConfig config, Beginning beginning, TrainingListener listener, Leader leader)
      throws IOException {
    return TrainingRun.open(
        around(store).with(leader),
        new RunRequest(config, ReportTokenizers.shared(tokenizer), beginning),
        listener,
        steps);
  }

  /** Runs, and dies where the listener says so: nothing in the trainer gets to tidy up. */
  public void runAndDie(Path store, RunConfig config, TrainingListener killer)
      throws IOException, InterruptedException {
    try (TrainingRun run = open(store, config, new Beginning.GoOn(), killer)) {
      run.run();
    } catch (Killed e) {
      // as it should be
    }
  }

  /** An error, which no code of the trainer expects. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  public static TrainingListener killAt(long step) {
    return onStep(
        report -> {
          if (report.step() == step) {
            throw new Killed();
          }
        });
  }

  public static TrainingListener onStep(Consumer<StepReport> then) {
    return new TrainingListener() {
      @Override
      public void stepped(StepReport report) {
        then.accept(report);
      }
    };
  }

  public ReplaySummary replay(ReplayRequest request, Path store, ReplayListener listener)
      throws IOException, InterruptedException {
    return new Replay(around(store), request, listener).run();
  }

  private Surroundings around(Path store) {
    return new Surroundings(
            CONNECTION, cluster, new CheckpointStore(store), DeviceChoice.auto(), clock)
        .withOriginals(originals);
  }

  /** Steps on the ledger, openings left out. */
  public List<StepRecord> steps() {
    return published(Topic.TRAINING_LEDGER, StepRecord.class).stream()
        .filter(record -> record.getOpening() == null)
        .toList();
  }

  public <T extends SpecificRecord> List<T> published(Topic topic, Class<T> type) {
    RecordReader<T> reader = new RecordReader<>(type, CONNECTION);
    List<T> records = new ArrayList<>();
    for (byte[] value : cluster.values(name(topic))) {
      records.add(((Decoded.Valid<T>) reader.read(name(topic), value)).value());
    }
    return records;
  }

  /** Puts a run on the ledger that began like the first one, but by other settings. */
  public void openRun(String runId, String settings) {
    String topic = name(Topic.TRAINING_LEDGER);
    StepRecord opening =
        published(Topic.TRAINING_LEDGER, StepRecord.class).stream()
            .filter(step -> step.getOpening() != null)
            .findFirst()
            .orElseThrow();
    RunOpening other = RunOpening.newBuilder(opening.getOpening()).setConfig(settings).build();
    StepRecord record = StepRecord.newBuilder(opening).setRunId(runId).setOpening(other).build();
    try (RecordSerde<StepRecord> serde = RecordSerde.of(StepRecord.class, CONNECTION)) {
      cluster.append(topic, 0, runId, serde.serializer().serialize(topic, record));
    }
  }

  public static String name(Topic topic) {
    return CONNECTION.topics().of(topic);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
