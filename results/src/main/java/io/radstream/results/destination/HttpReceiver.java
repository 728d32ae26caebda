package io.radstream.results.destination;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.asking.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Sends to one server, and tells what its answers mean. What it writes back is not looked at. */
public final class HttpReceiver {

  /**
   * The server.
   *
   * @param base address below which everything is
   * @param trusted keys and certificates for TLS; empty: the authorities that Java knows
   */
  public record Address(URI base, Credentials credentials, Optional<SSLContext> trusted) {

    public Address {
      String scheme = base.getScheme();
      if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new IllegalArgumentException("a server's address begins with http:// or https://");
      }
      if (base.getRawUserInfo() != null || base.getRawQuery() != null) {
        throw new IllegalArgumentException(
            "a server's address holds no user, no password and no ?: there are options for them");
      }
      String text = base.toString();
      base = URI.create(text.endsWith("/") ? text : text + "/");
    }
  }

  private final Address address;
  private final Timeouts timeouts;
  private final HttpClient http;
  private final InstantSource clock;

  /**
   * @param clock for pauses that a server asks for by a date
   */
  public HttpReceiver(Address address, Timeouts timeouts, InstantSource clock) {
    this.address = address;
    this.timeouts = timeouts;
    this.clock = clock;
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(timeouts.connect())
            .followRedirects(Redirect.NEVER);
    address.trusted().ifPresent(client::sslContext);
    this.http = client.build();
  }

  /**
   * @param path below the base
   */
  public Outcome send(String method, String path, String type, String accept, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.base().resolve(path))
            .header("Content-Type", type)
            .header("Accept", accept)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    try {
      address.credentials().header().ifPresent(it -> request.header("Authorization", it));
      return outcome(wholeAnswer(request.build()));
    } catch (IOException e) {
      return NoAnswer.after(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Away("interrupted");
    }
  }

  /** A request's own timeout ends with the head of the answer; its body may never end. */
  private HttpResponse<Void> wholeAnswer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(request, BodyHandlers.discarding());
    try {
      return answer.get(timeouts.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("the answer is not whole");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private Outcome outcome(HttpResponse<Void> response) {
    int status = response.statusCode();
    String said = "HTTP " + status;
    return switch (status) {
      case 200, 201, 202, 204 -> new Outcome.Delivered();
      case 400, 406, 409, 410, 411, 413, 415, 422 -> new Outcome.Refused(said);
      case 429, 502, 503, 504 ->
          new Outcome.Away(said, RetryAfter.of(response.headers(), clock.instant()));
      // Address, credentials and rights are the same for all results.
      default -> status >= 500 ? new Outcome.Failed(said) : new Outcome.Away(said);
    };
  }
}
