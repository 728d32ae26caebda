package io.radstream.cli.scale;

import io.radstream.radiology.Sha256;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.kafka.common.serialization.Serializer;

/** Studies of one view and a report each become tuples, at once. */
final class StageWork implements ScaledWork {

  private static final String TEXT =
      "FINDINGS: Small left effusion. The right lung is clear. IMPRESSION: Small left effusion,"
          + " unchanged since number %d.";

  private final Path directory;
  private final Path tokenizer;

  StageWork(Path directory) throws IOException {
    this.directory = directory;
    this.tokenizer =
        Files.write(
            directory.resolve("tokenizer.json"),
            WordPieceTrainer.train(
                List.of(TEXT.formatted(1), TEXT.formatted(2)).iterator(),
                WordPieceTrainer.Options.DEFAULT));
  }

  @Override
  public Topic input() {
    return Topic.STUDIES;
  }

  @Override
  public String group(KafkaConnection connection) {
    return connection.topics().prefix() + "radstream-streams";
  }

  @Override
  public List<String> arguments(KafkaConnection connection, int number) {
    String prefix = connection.topics().prefix();
    return List.of(
        "streams",
        "--bootstrap=" + connection.bootstrap(),
        "--registry=" + connection.registry(),
        "--topic-prefix=" + prefix,
        "--tokenizer=" + tokenizer,
        "--settle=0s",
        "--threads=1",
        "--state-dir=" + directory.resolve(prefix + "state" + number));
  }

  @Override
  public int batchesASecond() {
    return 8;
  }

  @Override
  public IntFunction<byte[]> records(KafkaConnection connection) {
    String topic = connection.topics().of(input());
    Serializer<Study> serializer = RecordSerde.of(Study.class, connection).serializer();
    return number -> serializer.serialize(topic, study(number));
  }

  private static Study study(int number) {
    return Study.newBuilder()
        .setStudyId(Load.key(number))
        .setPatientId("patient-" + number)
        .setSource("scale")
        .setViews(List.of(NoisePicture.view(number)))
        .setReport(new Report(TEXT.formatted(number), ReportStatus.FINAL, 1, null))
        .build();
  }

  /** Whole tuples, and their places among those of the partition. */
  @Override
  public Map<String, List<Written>> outcome(KafkaConnection connection) {
    Map<String, List<Written>> outcome = new TreeMap<>();
    RecordReader<StudyTuple> reader = new RecordReader<>(StudyTuple.class, connection);
    for (Topic topic : List.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION)) {
      Map<Integer, Integer> ranks = new TreeMap<>();
      String name = connection.topics().of(topic);
      try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
        scan.toEnd(
            record -> {
              int rank = ranks.merge(record.partition(), 1, Integer::sum);
              String what =
                  "%s-%d %d at %d: %s"
                      .formatted(
                          topic,
                          record.partition(),
                          rank,
                          record.timestamp(),
                          digest(reader.read(name, record.value())));
              outcome
                  .computeIfAbsent(
                      new String(record.key(), StandardCharsets.UTF_8), first -> new ArrayList<>())
                  .add(new Written(what, Map.of()));
            });
      }
    }
    return outcome;
  }

  /** Of all but the name of the topic that its studies came from. */
  private static String digest(Decoded<StudyTuple> read) {
    try {
      StudyTuple tuple = ((Decoded.Valid<StudyTuple>) read).value();
      List<RecordRef> origins =
          tuple.getOrigins().stream()
              .map(origin -> new RecordRef("", origin.getPartition(), origin.getOffset()))
              .toList();
      return Sha256.of(
          StudyTuple.newBuilder(tuple).setOrigins(origins).build().toByteBuffer().array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
