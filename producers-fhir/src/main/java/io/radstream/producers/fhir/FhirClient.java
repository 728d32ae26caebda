package io.radstream.producers.fhir;

import io.radstream.producers.fhir.ResourceReader.UnreadableResourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.hl7.fhir.r4.model.Resource;

/** Asks a server for resources: bounded in time and size, and never sent elsewhere. */
final class FhirClient {

  private static final int MAX_BYTES = 64 << 20;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration WHOLE_ANSWER = Duration.ofMinutes(2);
  private static final int OK = 200;

  private static final Set<Integer> NOT_THERE = Set.of(400, 404, 410);

  private final FhirEndpoint endpoint;
  private final ResourceReader reader;
  private final HttpClient http;

  FhirClient(FhirEndpoint endpoint, ResourceReader reader) {
    this.endpoint = endpoint;
    this.reader = reader;
    HttpClient.Builder client =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(Redirect.NEVER);
    endpoint.trusted().ifPresent(client::sslContext);
    this.http = client.build();
  }

  /**
   * @param address absolute, or below the server's base
   * @throws IOException where there is no resource to be had; says nothing of the resource
   */
  Resource get(String address) throws IOException, InterruptedException {
    Answer answer = ask(own(address).orElseThrow(FhirClient::isElsewhere));
    if (answer.status() != OK) {
      throw new IOException("the server answers with " + answer.status());
    }
    return read(answer);
  }

  /**
   * What a resource refers to: empty where the server does not have it.
   *
   * @throws IOException where the server does not answer
   */
  Optional<Resource> find(String reference) throws IOException, InterruptedException {
    Optional<URI> address = own(reference);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    Answer answer = ask(address.get());
    if (NOT_THERE.contains(answer.status())) {
      return Optional.empty();
    }
    if (answer.status() != OK) {
      throw new IOException("the server answers with " + answer.status());
    }
    return Optional.of(read(answer));
  }

  @SuppressWarnings("ArrayRecordComponent") // read once
  private record Answer(int status, byte[] body) {}

  private Answer ask(URI address) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", "application/fhir+json");
    endpoint.credentials().header().ifPresent(value -> request.header("Authorization", value));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    CompletableFuture<HttpResponse<Void>> response =
        http.sendAsync(
            request.build(),
            information ->
                BodySubscribers.ofByteArrayConsumer(
                    chunk -> chunk.ifPresent(it -> keep(body, it))));
    try {
      int status = response.get(WHOLE_ANSWER.toSeconds(), TimeUnit.SECONDS).statusCode();
      return new Answer(status, body.toByteArray());
    } catch (TimeoutException e) {
      response.cancel(true);
      throw new IOException("the server does not answer in time");
    } catch (ExecutionException e) {
      throw new IOException("the server cannot be asked: " + why(e.getCause()), e);
    }
  }

  /** Messages of the network's own exceptions may quote what came, so most are left out. */
  private static String why(Throwable failure) {
    boolean quotesNothing =
        failure instanceof ConnectException
            || failure instanceof SSLException
            || failure instanceof IllegalStateException;
    return quotesNothing ? failure.toString() : failure.getClass().getSimpleName();
  }

  private static void keep(ByteArrayOutputStream body, byte[] chunk) {
    if (body.size() + chunk.length > MAX_BYTES) {
      throw new IllegalStateException("an answer has more than %d bytes".formatted(MAX_BYTES));
    }
    body.writeBytes(chunk);
  }

  private Resource read(Answer answer) throws IOException {
    try {
      return reader.read(answer.body());
    } catch (UnreadableResourceException e) {
      throw new IOException("the server's answer cannot be read: " + e.getMessage());
    }
  }

  private Optional<URI> own(String address) {
    try {
      return Optional.of(endpoint.base().resolve(address)).filter(endpoint::isOwn);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static IOException isElsewhere() {
    return new IOException("the server refers to an address that is not its own");
  }
}
