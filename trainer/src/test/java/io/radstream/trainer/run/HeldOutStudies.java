package io.radstream.trainer.run;

import static io.radstream.trainer.Tuples.CONNECTION;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.ReaderVerdict;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.kafka.FakeCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Labelled studies on topics in memory, and what a very small network learns of them. */
final class HeldOutStudies {

  static final int STUDIES = 24;

  private final ReportTokenizers tokenizers;
  private final Path root;
  private final FakeCluster cluster;

  HeldOutStudies(ReportTokenizers tokenizers, Path root, FakeCluster cluster, Topic... splits) {
    this.tokenizers = tokenizers;
    this.root = root;
    this.cluster = cluster;
    for (Topic topic : Topic.values()) {
      cluster.topic(name(topic), 2);
    }
    for (Topic split : splits) {
      for (int i = 0; i < STUDIES; i++) {
        append(split, split.suffix() + i, i);
        label(split.suffix() + i, i % 2);
      }
    }
  }

  Checkpoint checkpoint() throws IOException {
    return checkpoint("line");
  }

  Checkpoint checkpoint(String line) throws IOException {
    List<Checkpoint> all = new CheckpointStore(root).list(line);
    return all.get(all.size() - 1);
  }

  RunSummary train(String... further) throws Exception {
    return run(
        SmallRun.config(
            tokenizers,
            Stream.concat(
                    Stream.of(
                        "model.objectives.contrastive=0",
                        "model.objectives.language=0",
                        "model.objectives.labels=1",
                        "model.findings=[bright left]"),
                    Stream.of(further))
                .toArray(String[]::new)));
  }

  RunSummary run(RunConfig config) throws Exception {
    Surroundings surroundings =
        new Surroundings(
            CONNECTION, cluster, new CheckpointStore(root), DeviceChoice.auto(), Clock.systemUTC());
    RunRequest request = new RunRequest(config, tokenizers, new Beginning.GoOn());
    try (TrainingRun run = TrainingRun.open(surroundings, request, TrainingListener.none())) {
      return run.run();
    }
  }

  /** Every other study is bright on the left, more or less. */
  void append(Topic topic, String study, int i) {
    int from = i % 2 == 0 ? 2 : 26;
    byte[] image = Tuples.png(Tuples.bar(from, from + 4 + i % 9));
    append(topic, Tuples.tuple(study, 1, tokenizers.decoder(), "clear right lung", image));
  }

  void append(Topic topic, StudyTuple tuple) {
    int partition = tuple.getStudyId().hashCode() & 1;
    cluster.append(name(topic), partition, Tuples.bytes(tuple, name(topic)));
  }

  void label(String study, double probability) {
    append(new LabelledStudy(study, "test", Map.of("bright left", probability), List.of(), null));
  }

  void verdict(String study, double probability) {
    ReaderVerdict verdict = new ReaderVerdict("anna", Instant.EPOCH, "an id", 1L, List.of());
    append(
        new LabelledStudy(study, "reader", Map.of("bright left", probability), List.of(), verdict));
  }

  void withdraw(String study) {
    StudyWithdrawn withdrawn = new StudyWithdrawn(study, "test", Instant.EPOCH, List.of());
    try (RecordSerde<StudyWithdrawn> serde = RecordSerde.of(StudyWithdrawn.class, CONNECTION)) {
      String topic = name(Topic.STUDIES_WITHDRAWN);
      cluster.append(topic, 0, study, serde.serializer().serialize(topic, withdrawn));
    }
  }

  private void append(LabelledStudy labelled) {
    try (RecordSerde<LabelledStudy> serde = RecordSerde.of(LabelledStudy.class, CONNECTION)) {
      cluster.append(
          name(Topic.LABELS), 0, serde.serializer().serialize(name(Topic.LABELS), labelled));
    }
  }

  private static String name(Topic topic) {
    return CONNECTION.topics().of(topic);
  }
}
