package io.radstream.producers.dicom.codec;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One worker process, as seen from the program. One thread at a time; any may kill it. */
final class CodecProcess {

  /** What the launcher sets for a trainer's memory, and secrets, are none of its business. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "TMPDIR", "TMP", "TEMP", "SystemRoot");

  private final Process process;
  private final DataInputStream answers;
  private final DataOutputStream requests;
  private boolean used;
  private volatile boolean late;

  private CodecProcess(Process process) {
    this.process = process;
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    this.requests = new DataOutputStream(process.getOutputStream());
  }

  /** Starts it; it is ready once it has answered {@link #isAble}. */
  static CodecProcess start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return new CodecProcess(builder.start());
  }

  /** Waits until it has started: whether it has codecs for this machine. */
  boolean isAble() throws IOException {
    return Wire.awaitAnswer(answers) == Wire.READY;
  }

  /** Whether it has unpacked something, and so may have ended since. */
  boolean isUsed() {
    return used;
  }

  /**
   * @return empty where the codestream cannot be read as such a picture
   * @throws IOException where the process has ended or speaks nonsense: it is of no more use
   */
  Optional<Unpacked> unpack(byte[] codestream, Shape expected) throws IOException {
    Wire.writeRequest(requests, codestream);
    int kind = Wire.awaitAnswer(answers);
    if (kind == Wire.UNREADABLE) {
      used = true;
      return Optional.empty();
    }
    Shape shape = new Shape(answers.readInt(), answers.readInt(), answers.readInt());
    int cellBytes = answers.readInt();
    if (kind != Wire.UNPACKED || !shape.equals(expected) || cellBytes < 1 || cellBytes > 2) {
      throw new IOException("another picture than the one that was asked for");
    }
    byte[] cells = new byte[Math.toIntExact(shape.cells() * cellBytes)];
    answers.readFully(cells);
    used = true;
    return Optional.of(Unpacked.of(codestream, shape, cellBytes, cells));
  }

  /** Its time is over. */
  void expire() {
    // Before its end, by which whoever waits for an answer is woken.
    late = true;
    kill();
  }

  /** Whether that is why it has ended. */
  boolean isLate() {
    return late;
  }

  void kill() {
    process.destroyForcibly();
  }
}
