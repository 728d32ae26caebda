package io.radstream.cli.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.engine.TorchEngine;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.View;
import io.radstream.schemas.ViewedStudy;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of two services that score what arrives, one or the other is killed again and again. {@code
 * benchmarks/score-kills} does it more often.
 */
@ExtendWith(SharedCluster.class)
class KilledScoringTest {

  private static final int KILLS = Integer.getInteger("radstream.arrivals.kills", 1);
  private static final int STUDIES_A_KILL = 60;
  private static final int PARTITIONS = 2;
  private static final int SIDE = 64;
  private static final Duration LOOK = Duration.ofMillis(100);

  @TempDir private Path directory;

  private KafkaConnection cluster;
  private CheckpointForge forge;

  @Test
  @Timeout(3600) // a hang must fail, not stall the build
  void shouldScoreEachStudyOnceWhoeverIsKilled(KafkaConnection connection) throws Exception {
    cluster = connection;
    TorchEngine.start(1);
    new TopicSetup(cluster).create(PARTITIONS);
    forge = new CheckpointForge(directory);
    announce(forge.write(1, Optional.empty(), Instant.EPOCH));
    int studies = STUDIES_A_KILL * (KILLS + 1);

    List<ServedProcess> services = new ArrayList<>(List.of(serve(0), serve(1)));
    try (Producer<String, ViewedStudy> arrivals = producer(ViewedStudy.class)) {
      int sent = 0;
      for (int kill = 0; kill <= KILLS; kill++) {
        int half = sent + STUDIES_A_KILL / 2;
        sent = arrive(arrivals, sent, half);
        await(kill == 0 ? 1 : sent - STUDIES_A_KILL);
        if (kill < KILLS) {
          services.get(kill % 2).kill();
          services.set(kill % 2, serve(2 + kill));
        }
        sent = arrive(arrivals, sent, half + STUDIES_A_KILL / 2);
      }
      await(studies);
    } finally {
      services.forEach(ServedProcess::close);
    }

    Map<String, Long> times =
        scores().stream()
            .collect(
                Collectors.groupingBy(
                    score -> score.getStudyId() + " " + score.getRevision(),
                    Collectors.counting()));
    assertThat(times).hasSize(studies).allSatisfy((study, count) -> assertThat(count).isOne());
    assertThat(scores())
        .allSatisfy(score -> assertThat(score.getRefused()).isNull())
        .allSatisfy(score -> assertThat(score.getProbabilities()).isNotEmpty());
  }

  private ServedProcess serve(int number) throws Exception {
    return ServedProcess.start(
        cluster, forge.store(), directory.resolve("serve-" + number + ".log"), "--score");
  }

  private int arrive(Producer<String, ViewedStudy> to, int from, int until) {
    for (int study = from; study < until; study++) {
      Future<?> unused =
          to.send(
              new ProducerRecord<>(
                  cluster.topics().of(Topic.STUDIES_VIEWS), "study-" + study, viewed(study)));
    }
    to.flush();
    return until;
  }

  private static ViewedStudy viewed(int study) {
    byte[] gray = new byte[SIDE * SIDE];
    CounterRandom.of(study, "pixels").nextBytes(gray);
    byte[] png = ImageEncoder.png(new GrayImage(SIDE, SIDE, gray));
    View view =
        View.newBuilder()
            .setViewId("view")
            .setEncoding(PixelEncoding.PNG)
            .setPixels(ByteBuffer.wrap(png))
            .setWidth(SIDE)
            .setHeight(SIDE)
            .setOriginalWidth(SIDE)
            .setOriginalHeight(SIDE)
            .setSha256(Sha256.of(png))
            .build();
    return ViewedStudy.newBuilder()
        .setStudyId("study-" + study)
        .setRevision(study)
        .setViews(List.of(view))
        .setArrivedAt(Instant.now())
        .build();
  }

  private void announce(CheckpointPublished checkpoint) throws Exception {
    try (Producer<String, CheckpointPublished> announcer = producer(CheckpointPublished.class)) {
      announcer
          .send(
              new ProducerRecord<>(
                  cluster.topics().of(Topic.CHECKPOINTS), CheckpointForge.LINE, checkpoint))
          .get();
    }
  }

  private <T extends SpecificRecord> Producer<String, T> producer(Class<T> type) {
    return new KafkaProducer<>(
        cluster.producerConfig(),
        new StringSerializer(),
        RecordSerde.of(type, cluster).serializer());
  }

  private void await(int scores) throws InterruptedException {
    while (scores().size() < scores) {
      Thread.sleep(LOOK.toMillis());
    }
  }

  private List<StudyScore> scores() {
    String topic = cluster.topics().of(Topic.SCORES);
    RecordReader<StudyScore> reader = new RecordReader<>(StudyScore.class, cluster);
    List<StudyScore> scores = new ArrayList<>();
    try (TopicScan scan = new TopicScan(KafkaClients.of(cluster).consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (reader.read(topic, record.value()) instanceof Decoded.Valid<StudyScore> valid) {
              scores.add(valid.value());
            }
          });
    }
    return scores;
  }
}
