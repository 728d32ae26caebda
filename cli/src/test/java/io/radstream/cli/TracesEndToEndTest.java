package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.cli.traces.SpanCollector;
import io.radstream.cli.traces.TraceExport;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.trace.SpanPlan;
import io.radstream.schemas.trace.TraceHeader;
import io.radstream.serving.ScoringService;
import io.radstream.serving.ServingConfig;
import io.radstream.streams.StageConfig;
import io.radstream.streams.StreamStage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Studies all the way to a score, with a real collector listening, and the same without. */
@ExtendWith(SharedCluster.class)
@Timeout(300) // a hang must fail, not stall the build
class TracesEndToEndTest {

  private static final int STUDIES = 8;
  private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final SpanCollector COLLECTOR = SpanCollector.open();

  @TempDir private static Path folder;

  @BeforeAll
  static void runThePipeline(KafkaConnection connection) throws Exception {
    publish(connection, "--traces=" + COLLECTOR.address());
    Path tokenizer = folder.resolve("tokenizer.json");
    Invocation.on(connection, "tokenizer", "train", "--out=" + tokenizer, "--vocabulary=300")
        .json();
    try (TraceExport export =
            TraceExport.to(COLLECTOR.address(), 1, "radstream-stage", InstantSource.system());
        ReportTokenizers tokenizers = ReportTokenizers.load(tokenizer, Optional.empty());
        StreamStage stage =
            StreamStage.start(
                connection,
                StageConfig.of(tokenizers).withSettle(Duration.ZERO).withValidationShare(0),
                folder.resolve("stage"),
                1,
                export.tracing())) {
      StageWait.untilAllIsDone(stage);
    }
    train(connection, "traced", "--traces=" + COLLECTOR.address());
  }

  @AfterAll
  static void close() {
    COLLECTOR.close();
  }

  private static void publish(KafkaConnection connection, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("publish", "synthetic"));
    words.addAll(List.of("--studies=" + STUDIES, "--view-size=64"));
    words.addAll(List.of(more));
    Invocation.on(connection, words.toArray(String[]::new)).json();
  }

  private static void train(KafkaConnection connection, String line, String... more)
      throws Exception {
    List<String> words =
        new ArrayList<>(
            TupleTopic.train(
                connection, folder.resolve("tokenizer.json"), folder.resolve("store")));
    words.addAll(List.of("--line", line, "--set", "batch=4", "--steps", "2"));
    words.addAll(List.of(more));
    Invocation.of(words.toArray(String[]::new)).json();
  }

  @Test
  void shouldLeadFromAScoreToThePublicationsThatItsCheckpointLearnedFrom(KafkaConnection connection)
      throws Exception {
    try (TraceExport export =
            TraceExport.to(COLLECTOR.address(), 1, "radstream-serve", InstantSource.system());
        ScoringService service = serve(connection, export)) {
      LiveService.text(
          LiveService.study(service, "/v1/score", LabelledPanel.picture(0))
              .header("traceparent", CALLER));
    }

    Span score = one(COLLECTOR.spans("POST /v1/score"));
    Span checkpoint = one(COLLECTOR.linked(score));
    List<Span> trace = COLLECTOR.trace(checkpoint);
    List<Span> steps = named(trace, "step");
    assertThat(checkpoint.getName()).isEqualTo("checkpoint");
    assertThat(one(COLLECTOR.parent(checkpoint)).getName()).isEqualTo("train");
    assertThat(trace).extracting(Span::getName).contains("load", "judge", "live");
    assertThat(steps).hasSize(2).allMatch(step -> step.getLinksCount() == 4);
    Set<String> learned =
        steps.stream()
            .flatMap(step -> COLLECTOR.linked(step).stream())
            .map(tuple -> one(COLLECTOR.parent(tuple)))
            .peek(publication -> assertThat(publication.getName()).isEqualTo("publish"))
            .map(publication -> SpanCollector.hex(publication.getTraceId()))
            .collect(Collectors.toSet());
    assertThat(learned).hasSize(STUDIES).isEqualTo(traces(studies(connection)));
    assertThat(SpanCollector.hex(score.getTraceId()) + SpanCollector.hex(score.getParentSpanId()))
        .isEqualTo(CALLER.substring(3, 35) + CALLER.substring(36, 52));
    assertThat(COLLECTOR.services())
        .contains("radstream-publish", "radstream-stage", "radstream-train", "radstream-serve");
    tellsOfNoStudy(studies(connection));
  }

  private static ScoringService serve(KafkaConnection connection, TraceExport export)
      throws Exception {
    return LiveService.start(
        connection,
        ServingConfig.of(folder.resolve("store")).withLine(Optional.of("traced")),
        export.tracing());
  }

  private static void tellsOfNoStudy(Set<String> studies) {
    assertThat(COLLECTOR.texts())
        .isNotEmpty()
        .allSatisfy(text -> assertThat(studies).noneMatch(text::contains));
  }

  @Test
  void shouldPublishTheSameRecordsAndLearnTheSameWithoutTraces(KafkaConnection connection)
      throws Exception {
    List<ConsumerRecord<byte[], byte[]>> traced = records(connection, Topic.STUDIES);

    publish(connection);
    train(connection, "untraced");

    List<ConsumerRecord<byte[], byte[]>> all = records(connection, Topic.STUDIES);
    List<ConsumerRecord<byte[], byte[]>> untraced =
        all.stream().filter(it -> it.headers().lastHeader(TraceHeader.NAME) == null).toList();
    assertThat(untraced).hasSize(all.size() / 2);
    assertThat(values(untraced)).containsExactlyInAnyOrderElementsOf(values(traced));
    assertThat(weights("untraced")).isEqualTo(weights("traced"));
    assertThat(digests(connection, "untraced")).isEqualTo(digests(connection, "traced"));
  }

  @Test
  void shouldSendTheLastSpansWhenAProcessIsToldToStop(KafkaConnection shared) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(shared, "stop.");
    publish(connection);
    try (SpanCollector collector = SpanCollector.open()) {
      Process stage = stage(connection, collector.address());
      try {
        while (tuples(connection) < STUDIES) {
          assertThat(stage.isAlive()).isTrue();
        }
      } finally {
        stage.destroy();
        stage.waitFor();
      }

      // A transaction that was given up has been told of, too, under the same ids.
      assertThat(collector.spans("tuple").stream().map(Span::getSpanId).distinct())
          .hasSize(STUDIES);
    }
  }

  @Test
  void shouldLeadFromWhatIsSentAgainByItsRejectionToItsPublication(KafkaConnection shared)
      throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(shared, "again.");
    new TopicSetup(connection).create(1);
    sendNoStudy(connection);
    try (SpanCollector collector = SpanCollector.open()) {
      try (TraceExport export =
              TraceExport.to(collector.address(), 1, "radstream-stage", InstantSource.system());
          ReportTokenizers tokenizers =
              ReportTokenizers.load(folder.resolve("tokenizer.json"), Optional.empty());
          StreamStage stage =
              StreamStage.start(
                  connection,
                  StageConfig.of(tokenizers),
                  folder.resolve("again"),
                  1,
                  export.tracing())) {
        StageWait.untilAllIsDone(stage);

        Invocation.on(connection, "topics", "redrive", "--yes").json();

        StageWait.untilAllIsDone(stage);
      }

      Map<String, Span> rejections = new HashMap<>();
      collector
          .spans("reject")
          .forEach(it -> rejections.put(SpanCollector.hex(it.getSpanId()), it));
      Span again =
          one(rejections.values().stream().filter(it -> !collector.parent(it).isEmpty()).toList());
      Span first = one(collector.linked(again));
      assertThat(rejections).hasSize(2);
      assertThat(collector.parent(again)).containsExactly(first);
      assertThat(SpanCollector.hex(first.getTraceId()) + SpanCollector.hex(first.getParentSpanId()))
          .isEqualTo(CALLER.substring(3, 35) + CALLER.substring(36, 52));
    }
  }

  /** With the context of a sender that is none of ours. */
  private static void sendNoStudy(KafkaConnection connection) throws Exception {
    byte[] garbage = "no Avro at all".getBytes(StandardCharsets.US_ASCII);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(connection.topics().of(Topic.STUDIES), "study", garbage);
    record.headers().add(TraceHeader.NAME, CALLER.getBytes(StandardCharsets.US_ASCII));
    try (Producer<String, byte[]> producer = KafkaClients.of(connection).producer()) {
      producer.send(record).get();
    }
  }

  private static Process stage(KafkaConnection connection, URI collector) throws Exception {
    return CommandProcess.on(
            connection,
            "streams",
            "--tokenizer=" + folder.resolve("tokenizer.json"),
            "--state-dir=" + folder.resolve("stopped"),
            "--traces=" + collector)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int tuples(KafkaConnection connection) {
    return records(connection, Topic.TUPLES_TRAIN).size()
        + records(connection, Topic.TUPLES_VALIDATION).size();
  }

  private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(it -> new String(it.value(), StandardCharsets.ISO_8859_1)).toList();
  }

  private static Checkpoint newest(String line) throws Exception {
    try (var open = new CheckpointStore(folder.resolve("store")).open(line)) {
      return open.latest().orElseThrow();
    }
  }

  private static byte[] weights(String line) throws Exception {
    return Files.readAllBytes(newest(line).directory().resolve(Checkpoint.MODEL));
  }

  /** Of the weights and of what was learned from, step by step. */
  private static List<String> digests(KafkaConnection connection, String line) throws Exception {
    String run = newest(line).state().runId();
    RecordReader<StepRecord> reader = new RecordReader<>(StepRecord.class, connection);
    String topic = connection.topics().of(Topic.TRAINING_LEDGER);
    return records(connection, Topic.TRAINING_LEDGER).stream()
        .filter(it -> it.value() != null)
        .map(it -> ((Decoded.Valid<StepRecord>) reader.read(topic, it.value())).value())
        .filter(step -> step.getRunId().equals(run) && step.getOpening() == null)
        .map(
            step ->
                "%d %s %s %s"
                    .formatted(
                        step.getStep(),
                        step.getBatchDigest(),
                        step.getLosses(),
                        step.getWeightsDigest()))
        .toList();
  }

  private static Set<String> studies(KafkaConnection connection) {
    return records(connection, Topic.STUDIES).stream()
        .map(it -> new String(it.key(), StandardCharsets.UTF_8))
        .collect(Collectors.toSet());
  }

  private static Set<String> traces(Set<String> studies) {
    return studies.stream()
        .map(study -> SpanPlan.ofStudy(study).traceId())
        .collect(Collectors.toSet());
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(
      KafkaConnection connection, Topic topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicScan scan =
        new TopicScan(KafkaClients.of(connection).consumer(), connection.topics().of(topic))) {
      scan.toEnd(records::add);
    }
    return records;
  }

  private static List<Span> named(List<Span> spans, String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static Span one(List<Span> spans) {
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }
}
