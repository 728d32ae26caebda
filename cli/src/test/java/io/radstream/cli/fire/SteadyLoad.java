package io.radstream.cli.fire;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks for scores at a fixed rate, whether the answers come or not. A latency counts from the time
 * at which the request was due, so that a service that stands still is seen to do so.
 */
final class SteadyLoad {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService pacer = Executors.newSingleThreadScheduledExecutor();
  private final URI score;
  private final List<byte[]> bodies;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong flying = new AtomicLong();
  private final List<Long> latencies = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> answered = new TreeMap<>();
  private int turnedAway;

  /**
   * @param bodies of requests, JSON, in turn
   */
  SteadyLoad(URI service, List<byte[]> bodies) {
    this.score = service.resolve("/v1/score");
    this.bodies = List.copyOf(bodies);
  }

  /** Requests a second that it answers where so many are always under way. */
  double capacity(int concurrency, Duration duration) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    Semaphore free = new Semaphore(concurrency);
    int before = answers();
    while (System.nanoTime() < end) {
      free.acquire();
      ask(System.nanoTime(), free::release);
    }
    free.acquire(concurrency);
    return (answers() - before) / ((System.nanoTime() - start) / 1e9);
  }

  /** Begins. */
  void at(double requestsPerSecond) {
    long period = Math.round(1e9 / requestsPerSecond);
    long first = System.nanoTime() + period;
    AtomicLong sent = new AtomicLong();
    Future<?> unused =
        pacer.scheduleAtFixedRate(
            () -> ask(first + period * sent.getAndIncrement(), () -> {}),
            period,
            period,
            TimeUnit.NANOSECONDS);
  }

  private void ask(long due, Runnable done) {
    HttpRequest request =
        HttpRequest.newBuilder(score)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(bodies.get(next.getAndIncrement() % bodies.size())))
            .build();
    flying.incrementAndGet();
    Future<?> unused =
        http.sendAsync(request, BodyHandlers.ofByteArray())
            .whenComplete(
                (response, failure) -> {
                  take(response, failure, System.nanoTime() - due);
                  flying.decrementAndGet();
                  done.run();
                });
  }

  private synchronized void take(HttpResponse<byte[]> response, Throwable failure, long nanos) {
    if (failure != null) {
      failures.add(failure.toString());
      return;
    }
    try {
      String checkpoint =
          JSON.readTree(response.body()).path("checkpoint").path("id").asText("nobody");
      if (response.statusCode() == OK) {
        answered.merge(checkpoint, 1, Integer::sum);
        latencies.add(nanos);
      } else if (response.statusCode() == TOO_MANY) {
        turnedAway++;
      } else {
        failures.add(
            response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      failures.add(e.toString());
    }
  }

  /** Since latencies were taken last. */
  synchronized int answers() {
    return latencies.size();
  }

  /** Of answers since the last call, in nanoseconds. */
  synchronized List<Long> takeLatencies() {
    List<Long> taken = List.copyOf(latencies);
    latencies.clear();
    return taken;
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Requests that came while too many others waited, as where something else has the machine. */
  synchronized int turnedAway() {
    return turnedAway;
  }

  /** How often each checkpoint answered. */
  synchronized Map<String, Integer> answered() {
    return Map.copyOf(answered);
  }

  /** Ends, and waits for what is under way. */
  void stop() throws InterruptedException {
    pacer.shutdownNow();
    while (flying.get() > 0) {
      Thread.sleep(10);
    }
  }
}
