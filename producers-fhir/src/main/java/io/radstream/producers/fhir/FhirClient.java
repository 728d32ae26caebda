package io.radstream.producers.fhir;

import io.radstream.producers.asking.Pause;
import io.radstream.producers.fhir.FhirException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks a server, again where it is busy or a connection breaks: bounded in time and size, and never
 * anyone else. For one thread; another one may close it.
 */
final class FhirClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int OK = 200;

  /**
   * What a server gave.
   *
   * @param type of the content; empty where it does not tell
   */
  @SuppressWarnings("ArrayRecordComponent") // read once
  record Answer(String type, byte[] body) {}

  private static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final FhirEndpoint endpoint;
  private final AskingLimits limits;
  private final Pause pause;
  private final InstantSource clock;
  private final HttpClient http;
  private volatile boolean closed;
  private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);

  /**
   * @param clock for pauses that a server asks for by a date
   */
  FhirClient(FhirEndpoint endpoint, AskingLimits limits, Pause pause, InstantSource clock) {
    this.endpoint = endpoint;
    this.limits = limits;
    this.pause = pause;
    this.clock = clock;
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER);
    endpoint.trusted().ifPresent(client::sslContext);
    this.http = client.build();
  }

  /**
   * @param address absolute, or below the server's base
   * @param headers and their values, in turn
   */
  Answer get(String address, String... headers) throws FhirException {
    URI own = own(address);
    for (int attempt = 1; ; attempt++) {
      try {
        return ask(own, headers);
      } catch (FhirException e) {
        if (!e.passing() || attempt >= limits.tries()) {
          throw e;
        }
        if (closed || !pause.pause(limits.pauses().after(attempt, e.leftAlone()))) {
          throw FhirException.stopped();
        }
      }
    }
  }

  private URI own(String address) throws FhirException {
    try {
      URI resolved = endpoint.base().resolve(address);
      if (endpoint.isOwn(resolved)) {
        return resolved;
      }
    } catch (IllegalArgumentException e) {
      // Said below: the address itself may hold what identifies.
    }
    throw new FhirException(
        Kind.BAD_ANSWER,
        "the server refers to an address that is not its own, which is not followed: --url has to"
            + " be the address by which the server calls itself");
  }

  private Answer ask(URI address, String... headers) throws FhirException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", "application/fhir+json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    authorize(request);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    HttpResponse<Void> response = wait(send(request.build(), body));
    HttpHeaders told = response.headers();
    if (response.statusCode() != OK) {
      throw StatusCodes.failure(response.statusCode(), told, clock.instant());
    }
    return new Answer(told.firstValue("Content-Type").orElse(""), body.toByteArray());
  }

  private void authorize(HttpRequest.Builder request) throws FhirException {
    try {
      endpoint.credentials().header().ifPresent(value -> request.header("Authorization", value));
    } catch (IOException e) {
      throw new FhirException(
          Kind.CREDENTIALS, "the credentials cannot be read: " + e.getMessage());
    }
  }

  private CompletableFuture<HttpResponse<Void>> send(
      HttpRequest request, ByteArrayOutputStream body) {
    return http.sendAsync(
        request,
        information ->
            BodySubscribers.ofByteArrayConsumer(chunk -> chunk.ifPresent(it -> keep(body, it))));
  }

  private void keep(ByteArrayOutputStream body, byte[] chunk) {
    if (body.size() + chunk.length > limits.bytes()) {
      throw new TooLargeException();
    }
    body.writeBytes(chunk);
  }

  private HttpResponse<Void> wait(CompletableFuture<HttpResponse<Void>> response)
      throws FhirException {
    underWay = response;
    if (closed) {
      response.cancel(true);
    }
    try {
      return response.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new FhirException(
          Kind.BAD_ANSWER,
          "the answer was not whole after %d s".formatted(limits.answer().toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.cancel(true);
      throw FhirException.stopped();
    } catch (CancellationException e) {
      throw FhirException.stopped();
    } catch (ExecutionException e) {
      throw closed ? FhirException.stopped() : explained(e);
    }
  }

  /** Messages of the network's own exceptions may quote what came, so most are left out. */
  private FhirException explained(ExecutionException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TooLargeException) {
        return new FhirException(
            Kind.TOO_LARGE, "an answer has more than %d bytes".formatted(limits.bytes()));
      }
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        return FhirException.passing(
            Kind.UNAVAILABLE, "the server cannot be reached; is it running, is --url right?");
      }
      if (cause instanceof SSLException) {
        return new FhirException(
            Kind.UNAVAILABLE,
            "no TLS with the server (%s); a trust store may be needed"
                .formatted(cause.getMessage()));
      }
    }
    return FhirException.passing(
        Kind.BAD_ANSWER,
        "the answer broke off or is not HTTP (%s)"
            .formatted(failure.getCause().getClass().getSimpleName()));
  }

  /** Breaks off what is on its way. */
  @Override
  public void close() {
    closed = true;
    underWay.cancel(true);
  }
}
