package io.radstream.serving.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.model.engine.SpareTime;
import io.radstream.schemas.DecisionVerdict;
import io.radstream.schemas.ModelDecision;
import io.radstream.serving.fleet.CheckpointRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class DecisionTopicTest {

  private static final String SCHED_OTHER = "0";

  private static final Serializer<ModelDecision> BY_ID =
      (topic, decision) -> decision.getDecisionId().getBytes(StandardCharsets.UTF_8);

  private final DecisionMaker maker = new DecisionMaker("here", InstantSource.system());
  private final Queue<Producer<String, byte[]>> producers = new ArrayDeque<>();
  private final DecisionTopic topic = new DecisionTopic("decisions", producers::remove, BY_ID);

  @AfterEach
  void close() {
    topic.close();
  }

  private MockProducer<String, byte[]> producer() {
    MockProducer<String, byte[]> producer =
        new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    producers.add(producer);
    return producer;
  }

  private ModelDecision decision() {
    return maker
        .byHand(
            DecisionVerdict.PROMOTE,
            Optional.of(new CheckpointRef("a", "run")),
            Optional.empty(),
            "because",
            "someone")
        .record("service");
  }

  /** What was sent before has been dealt with when this comes back: all is done in its order. */
  private Throwable failureOf(ModelDecision decision) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    topic.send(decision, () -> true, failure::complete);
    return failure.join();
  }

  @Test
  void shouldWriteUnderTheNameOfTheService() {
    MockProducer<String, byte[]> producer = producer();

    topic.send(decision(), () -> true, failure -> {});

    while (producer.history().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(producer.history().get(0).topic()).isEqualTo("decisions");
    assertThat(producer.history().get(0).key()).isEqualTo("service");
  }

  @Test
  void shouldTellOfAFailureAndBeginAnew() {
    MockProducer<String, byte[]> failing = producer();
    failing.sendException = new TopicAuthorizationException("decisions");
    MockProducer<String, byte[]> next = producer();

    Throwable failure = failureOf(decision());

    assertThat(failure).isInstanceOf(TopicAuthorizationException.class);
    assertThat(failing.closed()).isTrue();
    topic.send(decision(), () -> true, any -> {});
    while (next.history().isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldNotSendWhatNobodyWaitsForAnyMore() {
    MockProducer<String, byte[]> producer = producer();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());

    topic.send(decision(), () -> false, failures::add);
    topic.send(decision(), () -> true, failures::add);

    while (producer.history().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(producer.history())
        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
        .containsExactly("here-2");
    assertThat(failures).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldNotWaitForSpareTimeThoughItBeginsThere() {
    CompletableFuture<String> policy = new CompletableFuture<>();

    SpareTime.thread(
            "spare",
            () ->
                topic.send(
                    decision(),
                    () -> !policy.complete(policyOfThisThread()),
                    policy::completeExceptionally))
        .start();

    assertThat(policy.join()).isEqualTo(SCHED_OTHER);
  }

  /** A field of proc(5); the name before may hold spaces. */
  private static String policyOfThisThread() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[38];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldTellThatItHasStopped() {
    topic.close();

    Throwable failure = failureOf(decision());

    assertThat(failure).hasMessage("the service has stopped");
  }
}
