package io.radstream.cli.demo;

import io.radstream.serving.ScoringService;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The demo's client: waits for the first checkpoint, then asks on and on while others take its
 * place, and at last judges the answers.
 */
final class Client implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(200);

  /**
   * @param secondsToFirst until the first checkpoint served; empty where none ever did
   * @param evaluation empty where the truth is not known
   */
  record Findings(
      long requests,
      long failed,
      Optional<Double> secondsToFirst,
      Optional<ZeroShotEvaluation> evaluation) {}

  private final ScoringService service;
  private final DemoSettings settings;
  private final DemoProgress progress;
  private final ScoreClient http;
  private final WatchedThread waiting =
      new WatchedThread("demo-first-checkpoint", this::awaitFirst);
  private volatile Optional<SteadyRequests> requests = Optional.empty();
  private volatile Optional<Double> secondsToFirst = Optional.empty();
  private volatile boolean closed;

  Client(ScoringService service, DemoSettings settings, DemoProgress progress) {
    this.service = service;
    this.settings = settings;
    this.progress = progress;
    this.http = new ScoreClient(service.uri());
  }

  void start() {
    waiting.start();
  }

  private void awaitFirst() {
    boolean ready;
    try {
      do {
        // A look at a time, to notice the end of the demo.
        ready = service.awaitReady(LOOK);
      } while (!ready && !closed);
    } catch (InterruptedException e) {
      return;
    }
    // Even if the end has come: a first checkpoint that is the last one is judged like any other.
    if (ready) {
      secondsToFirst = Optional.of(progress.seconds());
      requests = Optional.of(SteadyRequests.start(http, settings.heldOut()));
    }
  }

  /**
   * Stops asking and judges the checkpoint that is live now.
   *
   * @throws IllegalStateException where it had stopped by itself
   */
  Findings finish() throws IOException, InterruptedException {
    close();
    waiting.requireUnharmed();
    requests.ifPresent(SteadyRequests::requireUnharmed);
    Optional<ZeroShotEvaluation> evaluation = Optional.empty();
    if (settings.truthKnown() && secondsToFirst.isPresent()) {
      progress.tell(
          "Judging the live checkpoint on %d held-out studies"
              .formatted(settings.heldOut().count()));
      evaluation = Optional.of(ZeroShotEvaluation.of(http, settings.heldOut()));
    }
    return new Findings(
        requests.map(SteadyRequests::sent).orElse(0L),
        requests.map(SteadyRequests::failed).orElse(0L),
        secondsToFirst,
        evaluation);
  }

  @Override
  public void close() {
    closed = true;
    waiting.join();
    requests.ifPresent(SteadyRequests::close);
  }
}
