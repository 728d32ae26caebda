package io.radstream.serving.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where something is read from, again and again. */
public sealed interface Source {

  /** Of anything that is read here; no set of keys is near it. */
  int MOST_BYTES = 1 << 20;

  /**
   * @throws IOException where there is nothing to be had, or more than is taken
   */
  byte[] read() throws IOException;

  /** A file, also one that is put into another's place. */
  record InFile(Path path) implements Source {

    @Override
    public byte[] read() throws IOException {
      try (InputStream in = Files.newInputStream(path)) {
        return bounded(in);
      } catch (NoSuchFileException e) {
        throw new IOException("there is no such file", e);
      }
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** What a server of the site tells. */
  record AtUrl(URI uri, Duration patience) implements Source {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    /** With the usual patience. */
    public AtUrl(URI uri) {
      this(uri, PATIENCE);
    }

    /**
     * @param patience until the whole answer is there
     * @throws IllegalArgumentException where somebody on the way could put in keys of their own
     */
    public AtUrl {
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean own = scheme.equals("http") && ListenAddress.isLoopback(uri.getHost());
      if (uri.getHost() == null || !(own || scheme.equals("https"))) {
        throw new IllegalArgumentException(
            "keys are fetched over https, or over http from this machine only");
      }
    }

    /** Waits for all of the answer, not only for its beginning, no longer than the patience. */
    @Override
    public byte[] read() throws IOException {
      CompletableFuture<byte[]> body = new CompletableFuture<>();
      CompletableFuture<?> asked = ask(body);
      try {
        return body.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new IOException("the server takes longer than %s".formatted(patience), e);
      } catch (ExecutionException e) {
        throw new IOException(e.getCause().getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } finally {
        body.cancel(false);
        asked.cancel(true);
      }
    }

    private CompletableFuture<?> ask(CompletableFuture<byte[]> body) {
      CompletableFuture<HttpResponse<Void>> asked =
          HttpClient.newBuilder()
              // What a small answer needs; to change over to HTTP/2 meanwhile can only go wrong.
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(patience)
              .build()
              .sendAsync(
                  HttpRequest.newBuilder(uri).timeout(patience).build(),
                  head -> {
                    if (head.statusCode() != OK) {
                      body.completeExceptionally(
                          new IOException("the server answers with " + head.statusCode()));
                    }
                    return new BoundedBody(MOST_BYTES, body);
                  });
      asked.exceptionally(
          failure -> {
            body.completeExceptionally(
                new IOException("the server cannot be asked: " + failure, failure));
            return null;
          });
      return asked;
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("it is longer than %d bytes".formatted(MOST_BYTES));
    }
    return bytes;
  }
}
