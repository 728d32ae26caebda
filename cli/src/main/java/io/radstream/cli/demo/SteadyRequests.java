package io.radstream.cli.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores held-out studies one after the other, until closed, and counts what fails. */
final class SteadyRequests implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SteadyRequests.class);

  /** Leaves most of the machine to the trainer. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final ScoreClient client;
  private final HeldOut studies;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final WatchedThread thread = new WatchedThread("demo-client", this::run);
  private volatile boolean closed;

  private SteadyRequests(ScoreClient client, HeldOut studies) {
    this.client = client;
    this.studies = studies;
  }

  static SteadyRequests start(ScoreClient client, HeldOut studies) {
    SteadyRequests requests = new SteadyRequests(client, studies);
    requests.thread.start();
    return requests;
  }

  long sent() {
    return answered.get() + failed.get();
  }

  long failed() {
    return failed.get();
  }

  private void run() {
    long i = 0;
    do {
      ask(i++);
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    } while (!closed);
  }

  private void ask(long i) {
    try {
      client.score(studies.study(i));
      answered.incrementAndGet();
    } catch (IOException e) {
      failed.incrementAndGet();
      LOG.atWarn().addKeyValue("why", e.getMessage()).log("a request failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @throws IllegalStateException where it has ended by itself
   */
  void requireUnharmed() {
    thread.requireUnharmed();
  }

  /** Lets the request in flight end, so that stopping is not taken for a failure. */
  @Override
  public void close() {
    closed = true;
    thread.join();
  }
}
