package io.radstream.cli.fuzz;

import io.radstream.producers.hl7.mllp.Answer;
import io.radstream.producers.hl7.mllp.Frame;
import io.radstream.producers.hl7.mllp.Frame.Kept;
import io.radstream.producers.hl7.mllp.MllpServer;
import io.radstream.producers.hl7.mllp.MllpSettings;
import io.radstream.producers.hl7.mllp.Sender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frames of HL7 messages, over one connection to a listener on loopback. Behind each input
 * comes a good message; what was received until then must be what a pattern finds in the bytes.
 */
final class MllpTarget implements AutoCloseable {

  private static final int MOST_BYTES = 8 << 10;
  private static final long MEMORY = 1 << 20;
  private static final int HEAD = 4096;
  private static final long PATIENCE_SECONDS = 30;
  private static final String LAST = "MSH|the last one";
  private static final Pattern FRAME =
      Pattern.compile("\u000B([^\u000B]*?)\u001C(?:\r|(?=\u000B))", Pattern.DOTALL);

  private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
  private final MllpServer server;
  private final Socket socket;

  MllpTarget() throws IOException {
    MllpSettings settings =
        new MllpSettings(
            "127.0.0.1",
            0,
            Optional.empty(),
            MOST_BYTES,
            MEMORY,
            2,
            8,
            Duration.ZERO,
            Duration.ofSeconds(1));
    server = MllpServer.start(settings, this::receive, InstantSource.system());
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setTcpNoDelay(true);
    Thread answers = new Thread(this::readAnswers, "answers");
    answers.setDaemon(true);
    answers.start();
  }

  private void receive(Frame frame, Sender from, Consumer<Answer> answer) {
    received.add(frame);
    answer.accept(new Answer.Message(new byte[] {'A'}));
  }

  /** Nobody would answer any more if they were left lying. */
  private void readAnswers() {
    try (InputStream in = socket.getInputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The connection's end is found out by who waits for messages.
    }
  }

  Target target() {
    byte[] one = frame("MSH|^~\\&|A|" + Target.CANARY + "\rPID|1\r");
    return Target.of(
        "mllp",
        List.of(one, Mutator.spliced(one, one.length, one.length, one), frame("")),
        List.of("\u000B", "\u001C", "\r", "\u001C\r", "\u000B\u001C\r", "\u001C\u000B", "\n", "\0"),
        Set.of(),
        this::send);
  }

  private static byte[] frame(String message) {
    return Json.bytes("\u000B" + message + "\u001C\r");
  }

  private String send(byte[] input) throws IOException, InterruptedException {
    byte[] all = Mutator.spliced(input, input.length, input.length, frame(LAST));
    socket.getOutputStream().write(all);
    List<Frame> frames = new ArrayList<>();
    boolean last = false;
    while (!last) {
      Frame next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IllegalStateException("the message behind the input has not come");
      }
      frames.add(next);
      last = text(next.bytes()).equals(LAST);
    }
    return compare(text(all), frames);
  }

  private static String compare(String sent, List<Frame> frames) {
    Matcher expected = FRAME.matcher(sent);
    String told = "";
    for (Frame frame : frames) {
      if (!expected.find()) {
        throw new IllegalStateException("a frame too many");
      }
      String message = expected.group(1);
      boolean whole = message.length() <= MOST_BYTES;
      String kept = whole ? message : message.substring(0, HEAD);
      if (frame.kept() != (whole ? Kept.WHOLE : Kept.TOO_LARGE)
          || !text(frame.bytes()).equals(kept)) {
        throw new IllegalStateException("a frame was cut otherwise: " + frame.kept());
      }
      told = whole ? told : "too large";
    }
    if (expected.find()) {
      throw new IllegalStateException("a frame is missing");
    }
    return told;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
    server.close();
  }
}
