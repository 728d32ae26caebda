package io.radstream.serving.score;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.model.engine.SpareTime;
import io.radstream.radiology.study.StudyInput;
import io.radstream.radiology.study.StudyViews;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a model score what another has answered, and measures how far it is from the answer. It has a
 * thread of its own and begins behind the answer, so that it can neither change nor hold up one;
 * what it cannot keep up with is dropped and counted.
 */
final class ShadowScorer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShadowScorer.class);

  /** Few, since each keeps its pixels in memory. */
  static final int MOST_WAITING = 4;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          this::thread,
          new ThreadPoolExecutor.AbortPolicy());

  private final String name;
  private final Counter scored;
  private final Counter dropped;
  private final Counter failed;
  private final DistributionSummary differences;

  /** Of which checkpoint it was told last that it fails; of the thread. */
  private Optional<ModelIdentity> told = Optional.empty();

  /**
   * @param name of its figures and its thread: shadow or canary
   */
  ShadowScorer(String name, MeterRegistry meters) {
    this.name = name;
    this.scored = counter(meters, "scored");
    this.dropped = counter(meters, "dropped");
    this.failed = counter(meters, "failed");
    this.differences =
        DistributionSummary.builder("radstream." + name + ".difference")
            .description("Largest difference of a probability between the live model and this one")
            .serviceLevelObjectives(0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
            .register(meters);
  }

  private Counter counter(MeterRegistry meters, String outcome) {
    return Counter.builder("radstream." + name + ".studies")
        .description("Answered studies that were scored once more, by what became of them")
        .tag("outcome", outcome)
        .register(meters);
  }

  private Thread thread(Runnable work) {
    return SpareTime.thread(name, work);
  }

  /**
   * Told of what became of a study.
   *
   * @param scored hears the score
   * @param missed hears of a model that did not score it
   */
  record Beside(Consumer<ScoredStudy> scored, BiConsumer<ModelIdentity, Uncompared> missed) {

    /** Nobody who wants to know. */
    static final Beside NONE = new Beside(mine -> {}, (model, why) -> {});
  }

  /** A study that has been answered, with the hold on the shadow that shall see it too. */
  private final class Task implements Runnable {

    private final Models.Lease shadow;
    private final Supplier<StudyInput> input;
    private final ScoredStudy answer;
    private final Beside observer;

    private Task(
        Models.Lease shadow, Supplier<StudyInput> input, ScoredStudy answer, Beside observer) {
      this.shadow = shadow;
      this.input = input;
      this.answer = answer;
      this.observer = observer;
    }

    @Override
    public void run() {
      try (shadow) {
        ScoredStudy mine = shadow.model().score(List.of(input.get())).get(0);
        compare(mine, answer);
        observer.scored().accept(mine);
        scored.increment();
      } catch (RuntimeException | Error e) {
        // The thread must outlive whatever the native library throws.
        failed.increment();
        tell(shadow.model().identity(), e);
        observer.missed().accept(shadow.model().identity(), Uncompared.FAILED);
      }
    }
  }

  /** Once of each checkpoint: one that fails on all studies fails as often as there are answers. */
  private void tell(ModelIdentity failing, Throwable failure) {
    if (!told.equals(Optional.of(failing))) {
      told = Optional.of(failing);
      LOG.atWarn()
          .addKeyValue("checkpoint", failing.checkpointId())
          .addKeyValue("role", name)
          .log("a model that scores beside failed on a study; failures are counted from here on");
    }
    LOG.atDebug().setCause(failure).log("why a model that scores beside failed");
  }

  private void compare(ScoredStudy mine, ScoredStudy answer) {
    answer.probabilities().entrySet().stream()
        .filter(finding -> mine.probabilities().containsKey(finding.getKey()))
        .mapToDouble(
            finding -> Math.abs(finding.getValue() - mine.probabilities().get(finding.getKey())))
        .max()
        .ifPresent(differences::record);
  }

  /**
   * Returns at once. The hold on the shadow ends with its pass, or with this call.
   *
   * @param views where the shadow takes images of another size than the answer's model
   * @param observer told of what was made of the study
   */
  void scoreToo(
      Models.Lease shadow,
      StudyInput input,
      Optional<StudyViews> views,
      ScoredStudy answer,
      Beside observer) {
    Supplier<StudyInput> own = () -> views.map(shadow.model()::prepare).orElse(input);
    try {
      thread.execute(new Task(shadow, own, answer, observer));
    } catch (RuntimeException | Error e) {
      // Its queue is full, or the system gives no thread; the answer must not hear of it.
      observer.missed().accept(shadow.model().identity(), Uncompared.DROPPED);
      shadow.close();
      dropped.increment();
    }
  }

  /** What waits is dropped; what is under way ends first, since its model must not be closed. */
  @Override
  public void close() {
    thread.shutdownNow().forEach(waiting -> ((Task) waiting).shadow.close());
    try {
      while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.atWarn().log("still waiting for the shadow's last study");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
