package io.radstream.trainer.share;

import io.radstream.model.Learning;
import io.radstream.model.RefersTraining;
import io.radstream.trainer.feed.Studies;
import io.radstream.trainer.ranks.RankMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Weights and optimizer's state as rank 0 gives them, piece by piece. */
final class GivenWeights implements AutoCloseable {

  private static final String WEIGHTS = "weights";
  private static final String STATE = "state";

  private final CompletableFuture<Path> complete = new CompletableFuture<>();
  private RankMessage.Weights sizes;
  private Path directory;
  private long received;
  private OutputStream out;
  private boolean closed;

  /** So much will come. */
  synchronized void expect(RankMessage.Weights given) {
    sizes = given;
  }

  /**
   * The next bytes; the weights and the state are pieces of their own. Those that come when nobody
   * waits for them any more are dropped.
   *
   * @throws IOException where they cannot be written down, or were not announced
   */
  synchronized void piece(byte[] bytes) throws IOException {
    if (closed) {
      return;
    }
    if (sizes == null || received + bytes.length > sizes.weights() + sizes.state()) {
      throw new IOException("rank 0 sends bytes that it has not announced");
    }
    if (directory == null) {
      directory = Files.createTempDirectory("radstream-rank");
      out = Files.newOutputStream(directory.resolve(WEIGHTS));
    }
    out.write(bytes);
    received += bytes.length;
    if (received == sizes.weights()) {
      out.close();
      out = Files.newOutputStream(directory.resolve(STATE));
    }
    if (received == sizes.weights() + sizes.state()) {
      out.close();
      complete.complete(directory);
    }
  }

  void fail(RuntimeException failure) {
    complete.completeExceptionally(failure);
  }

  /**
   * Waits for them.
   *
   * @return the caller's to close
   * @throws IOException where they cannot be read
   */
  RefersTraining take(Learning learning) throws IOException, InterruptedException {
    Path from = Studies.get(complete);
    try {
      return RefersTraining.resume(learning, from.resolve(WEIGHTS), from.resolve(STATE));
    } finally {
      close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (directory == null) {
      return;
    }
    try {
      if (out != null) {
        out.close();
      }
      Files.deleteIfExists(directory.resolve(WEIGHTS));
      Files.deleteIfExists(directory.resolve(STATE));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files stay behind in " + directory, e);
    }
    directory = null;
  }
}
