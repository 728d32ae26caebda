package io.radstream.serving.access;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that is read anew when what it is made of changes. What cannot be used is warned of once,
 * and the value before it stays. Contents are compared, not times: a file may be put in another's
 * place with any time, or be written within the second.
 *
 * @param <T> the value
 */
final class Reloading<T> {

  /** Makes a value out of the contents, in the order of the sources. */
  @FunctionalInterface
  interface Reader<T> {
    T read(List<byte[]> contents) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private final String what;
  private final List<Source> sources;
  private final Reader<T> reader;
  private final Consumer<T> taken;

  /** Guarded by this; null while nothing could be read. */
  private List<byte[]> seen;

  private String complaint = "";
  private volatile T current;

  private Reloading(
      String what, List<? extends Source> sources, Reader<T> reader, T before, Consumer<T> taken) {
    this.what = what;
    this.sources = List.copyOf(sources);
    this.reader = reader;
    this.current = before;
    this.taken = taken;
  }

  /**
   * Reads at once.
   *
   * @param what for messages
   * @param taken is told each value that takes another's place
   * @throws UnusableAccessException where it cannot be read
   */
  static <T> Reloading<T> of(
      String what, List<? extends Source> sources, Reader<T> reader, Consumer<T> taken)
      throws UnusableAccessException {
    Reloading<T> reloading = new Reloading<>(what, sources, reader, null, taken);
    try {
      reloading.seen = reloading.contents();
      reloading.current = reader.read(reloading.seen);
      return reloading;
    } catch (IOException e) {
      throw new UnusableAccessException(reloading.complaint(e), e);
    }
  }

  /** Begins with a value until the first can be read. */
  static <T> Reloading<T> later(
      String what, List<? extends Source> sources, Reader<T> reader, T before) {
    Reloading<T> reloading = new Reloading<>(what, sources, reader, before, value -> {});
    reloading.poll();
    return reloading;
  }

  T current() {
    return current;
  }

  /** Looks whether there is something new. */
  synchronized void poll() {
    try {
      List<byte[]> contents = contents();
      if (seen != null && same(seen, contents)) {
        return;
      }
      T value = reader.read(contents);
      taken.accept(value);
      current = value;
      // Last, so that what could not be taken is offered again.
      seen = contents;
      complaint = "";
      LOG.atInfo().addKeyValue("what", what).log("read anew");
    } catch (IOException e) {
      complain(complaint(e));
    } catch (RuntimeException e) {
      complain(complaint(new IOException("reading it failed: " + e.getClass().getName(), e)));
    }
  }

  private void complain(String now) {
    if (!now.equals(complaint)) {
      complaint = now;
      LOG.warn("{}; what was there before goes on", now);
    }
  }

  private String complaint(IOException e) {
    return "%s (%s) cannot be used: %s"
        .formatted(
            what,
            String.join(", ", sources.stream().map(Source::toString).toList()),
            e.getMessage());
  }

  private List<byte[]> contents() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Source source : sources) {
      contents.add(source.read());
    }
    return contents;
  }

  private static boolean same(List<byte[]> one, List<byte[]> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!Arrays.equals(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }
}
