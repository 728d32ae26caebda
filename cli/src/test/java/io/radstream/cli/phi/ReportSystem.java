package io.radstream.cli.phi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends reports over MLLP as report systems do: again and again, until there is an answer. */
public final class ReportSystem implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final int port;
  private final Path sent;
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private Optional<MllpSender> connection = Optional.empty();

  /**
   * @param port of the listener, which may be away
   * @param sent where a copy of each message is kept
   */
  public ReportSystem(int port, Path sent) {
    this.port = port;
    this.sent = sent;
  }

  /**
   * Waits for the answer.
   *
   * @return its acknowledgment code
   */
  public String send(Hl7Text message) throws IOException, InterruptedException {
    Files.writeString(sent.resolve("%04d.hl7".formatted(waits.size())), message.text());
    while (true) {
      try {
        MllpSender listener = connected();
        long began = System.nanoTime();
        String answer = listener.send(message.text());
        waits.add(Duration.ofNanos(System.nanoTime() - began));
        return answer.substring(answer.indexOf("MSA|")).split("\\|", -1)[1];
      } catch (IOException e) {
        // Killed meanwhile, or not up again.
        close();
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private MllpSender connected() throws IOException {
    if (connection.isEmpty()) {
      connection = Optional.of(new MllpSender(port));
    }
    return connection.get();
  }

  /** From the last byte of a message to its answer, each in turn. */
  public List<Duration> waits() {
    return List.copyOf(waits);
  }

  @Override
  public void close() throws IOException {
    if (connection.isPresent()) {
      connection.get().close();
      connection = Optional.empty();
    }
  }
}
