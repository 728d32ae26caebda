package io.radstream.cli.fire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.engine.TorchEngine;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every tenth checkpoint is bad, each time in another way; the service is asked for scores all the
 * while. {@code benchmarks/serve-fire} takes more of them, and says what it measured.
 */
@ExtendWith(SharedCluster.class)
class ServeFireTest {

  private static final int CHECKPOINTS = Integer.getInteger("radstream.fire.checkpoints", 20);
  private static final boolean BRIEF = CHECKPOINTS < 100;
  private static final int EVERY = BRIEF ? 2 : 10;
  private static final Duration QUIET =
      BRIEF
          ? Duration.ofMillis(200)
          : Duration.ofSeconds(Integer.getInteger("radstream.fire.quiet", 1));

  /** From one announcement to the next, at least. */
  private static final Duration PACE =
      Duration.ofMillis(Integer.getInteger("radstream.fire.pace", 0));

  /** As seldom as can be: the service has to answer it, too. */
  private static final Duration LOOK = Duration.ofMillis(BRIEF ? 20 : 200);

  /** Good ones before all others, by which the service gets as fast at loading as it will be. */
  private static final int WARM_UP = Integer.getInteger("radstream.fire.warmup", 0);

  private static final int ROUNDS = Integer.getInteger("radstream.fire.rounds", 1);
  private static final List<Flaw> FLAWS = List.of(Flaw.values());

  /** Of the capacity; much is for a measurement, and takes the checkpoints' time. */
  private static final double SHARE = BRIEF ? 0.4 : 0.8;

  private static final int KEPT = 4;
  private static final int SIDE = 128;

  @TempDir private Path directory;

  private final FireReport report = new FireReport();
  private final StolenTime stolen = new StolenTime();
  private CheckpointForge forge;
  private KafkaProducer<String, CheckpointPublished> announcer;
  private String topic;

  @Test
  @Timeout(7200) // a hang must fail, not stall the build
  void shouldAnswerEveryRequestWhileCheckpointsComeAndMostOfThemGo(KafkaConnection cluster)
      throws Exception {
    TorchEngine.start(1);
    new TopicSetup(cluster).create(1);
    topic = cluster.topics().of(Topic.CHECKPOINTS);
    forge = new CheckpointForge(directory);
    try (RecordSerde<CheckpointPublished> serde =
            RecordSerde.of(CheckpointPublished.class, cluster);
        KafkaProducer<String, CheckpointPublished> producer =
            new KafkaProducer<>(
                cluster.producerConfig(), new StringSerializer(), serde.serializer());
        ServedProcess service =
            ServedProcess.start(cluster, forge.store(), directory.resolve("serve.log"))) {
      announcer = producer;
      URI address = service.awaitAddress();
      for (int step = 0; step <= WARM_UP; step++) {
        fire(service, address, step, Duration.ZERO);
      }
      SteadyLoad load = new SteadyLoad(address, bodies());
      try {
        measure(service, address, load);
      } finally {
        load.stop();
      }
      report.add("checkpoints: %d, bad: %d", CHECKPOINTS, CHECKPOINTS / EVERY);
      report.add("requests failed: %d, turned away: %d", load.failures().size(), load.turnedAway());
      System.out.print(report);
      assertThat(load.failures()).isEmpty();
      assertThat(load.answered().keySet())
          .noneMatch(id -> flaw(step(id)).isPresent())
          .hasSizeGreaterThan(CHECKPOINTS / 4);
      assertThat(service.isAlive()).isTrue();
    }
  }

  private void measure(ServedProcess service, URI address, SteadyLoad load) throws Exception {
    load.capacity(16, QUIET.multipliedBy(2));
    double capacity = load.capacity(16, QUIET.multipliedBy(2));
    report.add(
        "capacity with 16 at a time: %.1f requests/s; asked for: %.0f %%", capacity, SHARE * 100);
    load.at(capacity * SHARE);
    Thread.sleep(QUIET.toMillis());
    load.takeLatencies();
    for (int round = 0; round < ROUNDS; round++) {
      rest(service, address, load);
      report.quiet(load.takeLatencies());
      int turnedAway = load.turnedAway();
      double unused = stolen.take();
      for (int step = 1 + CHECKPOINTS * round / ROUNDS;
          step <= CHECKPOINTS * (round + 1) / ROUNDS;
          step++) {
        fire(service, address, WARM_UP + step, PACE);
        report.memory(service.memory());
      }
      report.underFire(load.takeLatencies(), load.turnedAway() - turnedAway, stolen.take());
    }
  }

  /** Looks as often as while checkpoints come, so that nothing else is different. */
  private static void rest(ServedProcess service, URI address, SteadyLoad load) throws Exception {
    long until = System.nanoTime() + QUIET.toNanos();
    while (System.nanoTime() < until || load.answers() == 0) {
      service.judged(address);
      Thread.sleep(LOOK.toMillis());
    }
  }

  private static Optional<Flaw> flaw(long step) {
    return step > WARM_UP && step % EVERY == 0
        ? Optional.of(FLAWS.get((int) (step / EVERY % FLAWS.size())))
        : Optional.empty();
  }

  private static long step(String checkpoint) {
    return Long.parseLong(checkpoint.substring(checkpoint.lastIndexOf('-') + 1));
  }

  /** Announces a checkpoint, and waits until the service has done with it. */
  private void fire(ServedProcess service, URI address, long step, Duration pace) throws Exception {
    long start = System.nanoTime();
    long before = service.judged(address);
    CheckpointPublished checkpoint =
        forge.write(step, flaw(step), Instant.EPOCH.plusSeconds(1 + step));
    announcer.send(new ProducerRecord<>(topic, CheckpointForge.LINE, checkpoint)).get();
    while (service.judged(address) == before) {
      assertThat(service.isAlive()).as(service.said()).isTrue();
      Thread.sleep(LOOK.toMillis());
    }
    if (step > KEPT) {
      forge.delete(step - KEPT);
    }
    Thread.sleep(Math.max(0, pace.toMillis() - (System.nanoTime() - start) / 1_000_000));
  }

  private static List<byte[]> bodies() throws IOException {
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      List<Map<String, String>> views = new ArrayList<>();
      for (int view = 0; view < 3; view++) {
        byte[] gray = new byte[SIDE * SIDE];
        CounterRandom.of(3 * i + view, "pixels").nextBytes(gray);
        byte[] png = ImageEncoder.png(new GrayImage(SIDE, SIDE, gray));
        views.add(Map.of("image", Base64.getEncoder().encodeToString(png)));
      }
      bodies.add(new ObjectMapper().writeValueAsBytes(Map.of("views", views)));
    }
    return bodies;
  }
}
