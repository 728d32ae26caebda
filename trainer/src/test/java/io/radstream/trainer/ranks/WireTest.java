package io.radstream.trainer.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WireTest {

  private static final Duration SILENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final CompletableFuture<RankMessage> said = new CompletableFuture<>();
  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();

  /** Is told, and cannot keep what it is given. */
  private final class FullDisk implements Wire.Listener {

    @Override
    public void told(RankMessage message) {
      said.complete(message);
    }

    @Override
    public void piece(byte[] bytes) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void lost(String why) {
      broken.completeExceptionally(new AssertionError(why));
    }

    @Override
    public void broken(Throwable why) {
      broken.complete(why);
    }
  }

  @Test
  void shouldTellAFaultOfThisEndFromTheLossOfTheOther() throws Exception {
    Path file = Files.write(directory.resolve("weights"), new byte[8 << 20]);
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Wire giver = new Wire(new Socket(door.getInetAddress(), door.getLocalPort()), SILENCE);
        Wire taker = new Wire(door.accept(), SILENCE)) {
      giver.listen(new FullDisk());
      taker.listen(new FullDisk());

      giver.send(file);

      assertThat(broken.get(30, TimeUnit.SECONDS)).hasMessage("No space left on device");
      taker.end(new RankMessage.Failed("full"));
      assertThat(said.get(30, TimeUnit.SECONDS)).isEqualTo(new RankMessage.Failed("full"));
    }
  }

  @Test
  void shouldHangUpOnOneThatTakesNoLastWord() throws Exception {
    Path file = Files.write(directory.resolve("weights"), new byte[32 << 20]);
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket deaf = new Socket(door.getInetAddress(), door.getLocalPort());
        Wire wire = new Wire(door.accept(), SILENCE)) {
      wire.listen(new FullDisk());
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  wire.send(file);
                } catch (IOException e) {
                  said.complete(new RankMessage.Failed(e.toString()));
                }
              });

      wire.end(new RankMessage.Closed());

      sending.get(30, TimeUnit.SECONDS);
      assertThat(said).isCompleted();
      assertThat(deaf.isConnected()).isTrue();
    }
  }
}
