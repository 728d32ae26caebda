package io.radstream.producers.dicom.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * One question on its way to an archive, and its answer. Another thread can break it off at any
 * time: what reads the answer then fails.
 */
final class Call implements AutoCloseable {

  private final CompletableFuture<HttpResponse<InputStream>> answer;
  private volatile boolean brokenOff;

  Call(HttpClient client, HttpRequest request) {
    this.answer = client.sendAsync(request, BodyHandlers.ofInputStream());
  }

  /**
   * @throws IOException where there is no answer, or the call was broken off
   */
  HttpResponse<InputStream> answer() throws IOException, InterruptedException {
    try {
      return answer.get();
    } catch (CancellationException e) {
      throw new IOException("broken off", e);
    } catch (ExecutionException e) {
      throw ioException(e.getCause());
    }
  }

  private static IOException ioException(Throwable cause) {
    Throwable inner = cause instanceof CompletionException ? cause.getCause() : cause;
    return inner instanceof IOException io ? io : new IOException(inner);
  }

  void breakOff() {
    brokenOff = true;
    close();
  }

  boolean brokenOff() {
    return brokenOff;
  }

  /** Gives up what has not been read. */
  @Override
  public void close() {
    if (!answer.cancel(true)) {
      CompletableFuture<?> unused = answer.whenComplete((response, failure) -> end(response));
    }
  }

  private static void end(HttpResponse<InputStream> response) {
    if (response != null) {
      try {
        response.body().close();
      } catch (IOException e) {
        // Nobody reads it any more.
      }
    }
  }
}
