package io.radstream.trainer.ranks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection between two ranks: messages, and files in pieces. Both say now and then that they
 * are there; one that says nothing is taken for gone. Sending is for any thread.
 */
public final class Wire implements AutoCloseable {

  /** Longest message; a draft of ten thousand studies takes one. */
  private static final int MOST_BYTES = 64 << 20;

  private static final int PIECE = 1 << 20;

  /** Of one that may be a stranger. */
  private static final int FIRST_BYTES = 4_096;

  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final String GONE = "it has gone";
  private static final byte MESSAGE = 'm';
  private static final byte BYTES = 'b';

  private static final Duration PARTING = Duration.ofSeconds(5);

  /** Said so often within the time after which silence counts as gone. */
  private static final int SIGNS = 6;

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Is told on the wire's own thread. */
  public interface Listener {

    /**
     * @throws IOException where it cannot do what it is told
     */
    void told(RankMessage message) throws IOException;

    /**
     * The next piece of a file.
     *
     * @throws IOException where it cannot keep it
     */
    void piece(byte[] bytes) throws IOException;

    /** The other has gone. Once, unless this end was closed before. */
    void lost(String why);

    /**
     * This end cannot do what it was told, and is told nothing any more; the other is still there.
     */
    void broken(Throwable why);
  }

  private final Socket socket;
  private final Duration silence;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread reading;
  private volatile Listener listener;
  private final Thread signs;

  /**
   * @param socket connected
   * @param silence after which the other is taken for gone
   */
  public Wire(Socket socket, Duration silence) throws IOException {
    this.socket = socket;
    this.silence = silence;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), PIECE));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), PIECE));
    this.reading = daemon(this::read, "rank-wire");
    this.signs = daemon(this::sign, "rank-sign");
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The first message, before anybody listens.
   *
   * @throws IOException where there is none in time, or what comes is none
   */
  public RankMessage first() throws IOException {
    socket.setSoTimeout(Math.toIntExact(FIRST.toMillis()));
    if (in.readByte() != MESSAGE) {
      throw new IOException("what answers is no rank");
    }
    RankMessage first = JSON.readValue(bytes(FIRST_BYTES), RankMessage.class);
    socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
    return first;
  }

  /** From now on. */
  public void listen(Listener to) {
    listener = to;
    reading.start();
    signs.start();
  }

  private void sign() {
    try {
      while (!over.get()) {
        TimeUnit.MILLISECONDS.sleep(silence.toMillis() / SIGNS);
        send(new RankMessage.Alive());
      }
    } catch (IOException e) {
      lose(GONE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try {
      while (heard()) {
        // The next one.
      }
      // What the other has still to say must not keep it from reading a last word.
      in.transferTo(OutputStream.nullOutputStream());
      lose(GONE);
    } catch (SocketTimeoutException e) {
      lose("it has said nothing for %d s".formatted(silence.toSeconds()));
    } catch (JsonProcessingException e) {
      lose("it says what this version does not understand");
    } catch (EOFException e) {
      lose(GONE);
    } catch (IOException | RuntimeException e) {
      lose(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  /** Whether there was one more, and the listener could do as it says. */
  private boolean heard() throws IOException {
    try {
      if (in.readByte() == MESSAGE) {
        RankMessage message = message();
        return message instanceof RankMessage.Alive || isHeeded(() -> listener.told(message));
      }
      byte[] piece = bytes(MOST_BYTES);
      return isHeeded(() -> listener.piece(piece));
    } catch (Error e) {
      // Out of memory, say: nobody else would ever hear of it.
      listener.broken(e);
      return false;
    }
  }

  private interface Heeding {
    void heed() throws IOException;
  }

  private boolean isHeeded(Heeding heeding) {
    try {
      heeding.heed();
      return true;
    } catch (IOException | RuntimeException e) {
      listener.broken(e);
      return false;
    }
  }

  private void lose(String why) {
    boolean unexpected = over.compareAndSet(false, true);
    // In any case, as a last word may be on its way to one that does not read.
    hangUp();
    if (unexpected) {
      listener.lost(why);
    }
  }

  private RankMessage message() throws IOException {
    return JSON.readValue(bytes(MOST_BYTES), RankMessage.class);
  }

  private byte[] bytes(int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException("a message of %d bytes".formatted(count));
    }
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  public void send(RankMessage message) throws IOException {
    send(MESSAGE, JSON.writeValueAsBytes(message));
  }

  /** In pieces. */
  public void send(Path file) throws IOException {
    try (InputStream source = Files.newInputStream(file)) {
      byte[] piece = new byte[PIECE];
      for (int read = source.read(piece); read >= 0; read = source.read(piece)) {
        send(BYTES, Arrays.copyOf(piece, read));
      }
    }
  }

  private synchronized void send(byte kind, byte[] bytes) throws IOException {
    out.writeByte(kind);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /** Where the other is. */
  public String peer() {
    return String.valueOf(socket.getInetAddress().getHostAddress());
  }

  /**
   * Says a last thing, and waits for a moment until the other has read it and hung up; it is not
   * lost then. One that does not take it is hung up on.
   */
  public void end(RankMessage last) {
    over.set(true);
    signs.interrupt();
    Thread saying = daemon(() -> say(last), "rank-parting");
    saying.start();
    try {
      saying.join(PARTING.toMillis());
      if (socket.isOutputShutdown()) {
        reading.join(PARTING.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      hangUp();
    }
  }

  private void say(RankMessage last) {
    try {
      send(last);
      socket.shutdownOutput();
    } catch (IOException e) {
      // It has gone before.
      hangUp();
    }
  }

  /** The other sees it as gone. */
  @Override
  public void close() {
    over.set(true);
    hangUp();
  }

  private void hangUp() {
    signs.interrupt();
    try {
      socket.close();
    } catch (IOException e) {
      // It is let go of in any case.
    }
  }
}
