package io.radstream.producers.dicom.web;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.asking.Pause;
import io.radstream.producers.dicom.web.ArchiveException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Asks an archive, again where it is busy or a connection breaks. Answers are bounded in size and
 * time. Redirects are not followed: credentials go to the named archive alone. Thread-safe; a
 * thread has one question on its way at a time.
 */
final class ArchiveClient implements AutoCloseable {

  /** What is made of an answer. */
  @FunctionalInterface
  interface Reading<T> {

    /**
     * @param type of the content, empty where the archive does not tell
     * @param body fails where it is longer than allowed, takes too long or breaks
     */
    T read(String type, InputStream body) throws IOException;
  }

  private static final int NO_CONTENT = 204;

  private final HttpClient client;
  private final Credentials credentials;
  private final ArchiveLimits limits;
  private final Pause pause;
  private final InstantSource clock;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "dicomweb-deadlines");
            thread.setDaemon(true);
            return thread;
          });
  private final Set<Call> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param trusted empty for the authorities that Java knows
   * @param clock for pauses that an archive asks for by a date
   */
  ArchiveClient(
      Credentials credentials,
      Optional<SSLContext> trusted,
      ArchiveLimits limits,
      Pause pause,
      InstantSource clock) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.answer());
    trusted.ifPresent(builder::sslContext);
    this.client = builder.build();
    this.credentials = credentials;
    this.limits = limits;
    this.pause = pause;
    this.clock = clock;
  }

  ArchiveLimits limits() {
    return limits;
  }

  /**
   * @param accept the header of that name
   * @param mostBytes of the answer
   * @return what was read; empty where the archive answers that there is nothing
   */
  <T> Optional<T> get(URI address, String accept, long mostBytes, Reading<T> reading)
      throws ArchiveException {
    for (int attempt = 1; ; attempt++) {
      try {
        return ask(address, accept, mostBytes, reading);
      } catch (ArchiveException e) {
        if (!e.passing() || attempt >= limits.tries()) {
          throw e;
        }
        if (closed || !pause.pause(limits.pauses().after(attempt, e.leftAlone()))) {
          throw ArchiveException.stopped();
        }
      }
    }
  }

  private <T> Optional<T> ask(URI address, String accept, long mostBytes, Reading<T> reading)
      throws ArchiveException {
    HttpRequest request = request(address, accept);
    try (Call call = new Call(client, request)) {
      ScheduledFuture<?> deadline = watch(call);
      try {
        return read(call.answer(), mostBytes, reading);
      } catch (ArchiveException e) {
        throw e;
      } catch (IOException e) {
        throw explained(e, call);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ArchiveException.stopped();
      } finally {
        deadline.cancel(false);
        open.remove(call);
      }
    }
  }

  private HttpRequest request(URI address, String accept) throws ArchiveException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", accept).timeout(limits.answer());
    try {
      credentials.header().ifPresent(value -> request.header("Authorization", value));
    } catch (IOException e) {
      throw new ArchiveException(
          Kind.CREDENTIALS, "the credentials cannot be read: " + e.getMessage(), e);
    }
    return request.build();
  }

  private ScheduledFuture<?> watch(Call call) throws ArchiveException {
    open.add(call);
    try {
      return deadlines.schedule(call::breakOff, limits.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      open.remove(call);
      throw ArchiveException.stopped();
    }
  }

  private <T> Optional<T> read(HttpResponse<InputStream> answer, long mostBytes, Reading<T> reading)
      throws IOException {
    int status = answer.statusCode();
    if (status == NO_CONTENT) {
      return Optional.empty();
    }
    if (status < 200 || status > 299) {
      throw StatusCodes.failure(status, answer.headers(), clock.instant());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    return Optional.of(reading.read(type, bounded(answer.body(), mostBytes)));
  }

  private static InputStream bounded(InputStream body, long mostBytes) throws IOException {
    return BoundedInputStream.builder()
        .setInputStream(body)
        .setMaxCount(mostBytes)
        .setOnMaxCount(
            (most, count) -> {
              throw new ArchiveException(
                  Kind.TOO_LARGE, "the answer has more than %d bytes".formatted(most));
            })
        .get();
  }

  /** Messages of the network's own exceptions may quote what came, so most are left out. */
  private ArchiveException explained(IOException e, Call call) {
    if (closed) {
      return ArchiveException.stopped();
    }
    if (e instanceof HttpConnectTimeoutException || e instanceof ConnectException) {
      return ArchiveException.passing(
          Kind.UNAVAILABLE,
          "the archive cannot be reached; is it running, is its address right?",
          e);
    }
    if (e instanceof SSLException) {
      return new ArchiveException(
          Kind.UNAVAILABLE,
          "no TLS with the archive (%s); a trust store may be needed".formatted(e.getMessage()),
          e);
    }
    if (e instanceof HttpTimeoutException || call.brokenOff()) {
      return new ArchiveException(
          Kind.BAD_ANSWER,
          "the answer was not whole after %d s".formatted(limits.answer().toSeconds()),
          e);
    }
    return ArchiveException.passing(
        Kind.BAD_ANSWER,
        "the answer broke off or is not HTTP (%s)".formatted(e.getClass().getSimpleName()),
        e);
  }

  /** Breaks off whatever is on its way. */
  @Override
  public void close() {
    closed = true;
    deadlines.shutdownNow();
    open.forEach(Call::breakOff);
  }
}
