package io.radstream.cli.scale;

import io.radstream.cli.fire.CheckpointForge;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.ViewedStudy;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Studies of one view each are scored by a tiny network. */
final class ScoreWork implements ScaledWork {

  private final Map<String, Path> stores = new HashMap<>();
  private final CheckpointForge forge;
  private final CheckpointPublished checkpoint;

  ScoreWork(Path directory) throws Exception {
    this.forge = new CheckpointForge(directory);
    this.checkpoint = forge.write(1, Optional.empty(), Instant.EPOCH);
  }

  @Override
  public Topic input() {
    return Topic.STUDIES_VIEWS;
  }

  @Override
  public String group(KafkaConnection connection) {
    return connection.topics().prefix() + "radstream-score";
  }

  @Override
  public List<String> arguments(KafkaConnection connection, int number) {
    stores.computeIfAbsent(connection.topics().prefix(), first -> announce(connection));
    return List.of(
        "score",
        "--port=0",
        "--threads=1",
        "--store=" + forge.store(),
        "--bootstrap=" + connection.bootstrap(),
        "--registry=" + connection.registry(),
        "--topic-prefix=" + connection.topics().prefix());
  }

  private Path announce(KafkaConnection connection) {
    try (Producer<String, byte[]> announcer = KafkaClients.of(connection).producer();
        RecordSerde<CheckpointPublished> serde =
            RecordSerde.of(CheckpointPublished.class, connection)) {
      String topic = connection.topics().of(Topic.CHECKPOINTS);
      byte[] value = serde.serializer().serialize(topic, checkpoint);
      announcer.send(new ProducerRecord<>(topic, checkpoint.getLine(), value)).get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return forge.store();
  }

  @Override
  public int batchesASecond() {
    return 2;
  }

  @Override
  public IntFunction<byte[]> records(KafkaConnection connection) {
    String topic = connection.topics().of(input());
    Serializer<ViewedStudy> serializer = RecordSerde.of(ViewedStudy.class, connection).serializer();
    return number -> serializer.serialize(topic, study(number));
  }

  private static ViewedStudy study(int number) {
    return ViewedStudy.newBuilder()
        .setStudyId(Load.key(number))
        .setRevision(1)
        .setViews(List.of(NoisePicture.view(number)))
        .setArrivedAt(Instant.EPOCH)
        .build();
  }

  /** Scores, but for when they were made and their last bits. */
  @Override
  public Map<String, List<Written>> outcome(KafkaConnection connection) {
    String topic = connection.topics().of(Topic.SCORES);
    RecordReader<StudyScore> reader = new RecordReader<>(StudyScore.class, connection);
    Map<String, List<Written>> outcome = new TreeMap<>();
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (reader.read(topic, record.value()) instanceof Decoded.Valid<StudyScore> valid) {
              outcome
                  .computeIfAbsent(valid.value().getStudyId(), first -> new ArrayList<>())
                  .add(told(valid.value()));
            }
          });
    }
    return outcome;
  }

  private static Written told(StudyScore score) {
    return new Written(
        "%s %d %s".formatted(score.getCheckpointId(), score.getRevision(), score.getRefused()),
        score.getProbabilities());
  }
}
