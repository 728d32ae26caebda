package io.radstream.trainer.replay;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.RunSummary;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.run.TrainingListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A run is only the same where all of it was taken again. */
class ReplayToTheEndTest {

  private static final String LEDGER = RunFixture.name(Topic.TRAINING_LEDGER);

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();

  @Test
  void shouldNotTakeAFailureForTheEndOfTheRun() throws Exception {
    RunSummary run = run("schedule.steps=40", "data.cacheMegabytes=0");
    AtomicBoolean failing = new AtomicBoolean();
    ReplayListener failFromTheSecondStep =
        new ReplayListener() {
          @Override
          public void replayed(ReplayedStep step) {
            failing.set(step.step() >= 2);
          }
        };

    Replay replay =
        replay(run, new FailingReads(fixture.cluster(), failing), failFromTheSecondStep);

    assertThatThrownBy(replay::run)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("of whatever library");
  }

  @Test
  void shouldSayWhereTheLedgerWasNotReadToItsEnd() throws Exception {
    RunSummary run = run("schedule.steps=6");
    ReplayListener loseTheLastStep =
        new ReplayListener() {
          @Override
          public void started(String runId, long step, Map<String, String> environment) {
            // A mark, an opening and five steps before it.
            fixture.cluster().hide(LEDGER, 0, 7);
            fixture.cluster().mark(LEDGER, 0);
          }
        };

    ReplaySummary summary = replay(run, fixture.cluster(), loseTheLastStep).run();

    assertThat(summary.steps()).isEqualTo(5);
    assertThat(summary.identical()).isFalse();
    assertThat(summary.difference().orElseThrow())
        .startsWith("only 5 of the 6 steps that the ledger has could be read");
  }

  @Test
  void shouldNotCallARunTheSameWhereItWasStopped() throws Exception {
    RunSummary run = run("schedule.steps=6");
    Replay[] stopped = new Replay[1];
    ReplayListener stop =
        new ReplayListener() {
          @Override
          public void replayed(ReplayedStep step) {
            stopped[0].requestStop();
          }
        };
    stopped[0] = replay(run, fixture.cluster(), stop);

    ReplaySummary summary = stopped[0].run();

    assertThat(summary.steps()).isEqualTo(1);
    assertThat(summary.identical()).isFalse();
    assertThat(summary.difference()).isEmpty();
  }

  private RunSummary run(String... settings) throws Exception {
    return fixture.run(root, fixture.config(settings), TrainingListener.none());
  }

  private Replay replay(RunSummary run, KafkaClients clients, ReplayListener listener) {
    return new Replay(
        new Surroundings(
            CONNECTION, clients, new CheckpointStore(root), DeviceChoice.auto(), Clock.systemUTC()),
        new ReplayRequest(
            run.runId(), Optional.empty(), Optional.empty(), List.of(), Optional.empty()),
        listener);
  }

  /** Consumers of studies that fail from a moment on with what an iterator throws at its end. */
  private record FailingReads(KafkaClients clients, AtomicBoolean failing) implements KafkaClients {

    @Override
    @SuppressWarnings("unchecked")
    public Consumer<byte[], byte[]> consumer() {
      Consumer<byte[], byte[]> consumer = clients.consumer();
      return (Consumer<byte[], byte[]>)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Consumer.class},
              (proxy, method, arguments) -> call(consumer, method, arguments));
    }

    private Object call(Consumer<byte[], byte[]> consumer, Method method, Object[] arguments)
        throws Throwable {
      if (method.getName().equals("poll") && failing.get() && readsStudies(consumer)) {
        throw new NoSuchElementException("of whatever library");
      }
      try {
        return method.invoke(consumer, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private static boolean readsStudies(Consumer<byte[], byte[]> consumer) {
      return consumer.assignment().stream()
          .anyMatch(at -> at.topic().equals(RunFixture.name(Topic.TUPLES_TRAIN)));
    }

    @Override
    public Producer<String, byte[]> producer() {
      return clients.producer();
    }

    @Override
    public Producer<String, byte[]> transactionalProducer(String id) {
      return clients.transactionalProducer(id);
    }
  }
}
