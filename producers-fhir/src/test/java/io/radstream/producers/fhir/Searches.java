package io.radstream.producers.fhir;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Runs a source until it has searched a server some times, as a process would. */
record Searches(URI base, Credentials credentials, InstantSource clock, AskingLimits limits) {

  /** Impatient, since no test waits for a pause. */
  static final AskingLimits LIMITS =
      new AskingLimits(
          1 << 20, Duration.ofSeconds(60), 2, Duration.ofMillis(1), Duration.ofMillis(20));

  private static final int ENDED = Integer.MIN_VALUE;

  static final Pseudonymizer PSEUDONYMIZER = Pseudonymizer.withKey("sixteen bytes at least");

  static Searches of(PagingServer server, InstantSource clock) {
    return new Searches(server.base(), new Credentials.None(), clock, LIMITS);
  }

  /** A source, and what it told of its searches. */
  record Running(
      FhirServer source, BlockingQueue<Integer> searches, CompletableFuture<Void> delivery) {

    /** How many reports the next search gave; fails as the source did where it has ended. */
    int next() throws InterruptedException {
      Integer found = searches.poll(60, TimeUnit.SECONDS);
      if (found == null || found == ENDED) {
        end();
        throw new AssertionError("no search ended");
      }
      return found;
    }

    /** Fails as the source did. */
    void end() {
      source.close();
      delivery.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  Running start(PartSink sink) {
    BlockingQueue<Integer> searches = new LinkedBlockingQueue<>();
    FhirServer source =
        new FhirServer(
            new FhirEndpoint(base, credentials, Optional.empty(), "", Duration.ofMillis(20)),
            new FhirRules(Optional.empty()),
            new StudyNames(""),
            PSEUDONYMIZER,
            clock,
            searches::add,
            limits);
    return new Running(
        source, searches, CompletableFuture.runAsync(() -> deliver(source, sink, searches)));
  }

  private static void deliver(FhirServer source, PartSink sink, BlockingQueue<Integer> searches) {
    try {
      source.deliver(sink);
    } finally {
      searches.add(ENDED);
    }
  }

  List<Integer> run(int times, PartSink sink) throws InterruptedException {
    Running running = start(sink);
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      found.add(running.next());
    }
    running.end();
    return found;
  }
}
