package io.radstream.radiology.image;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How many pixels may be worked on at once, so that as many threads as there are cores do not use
 * up Java's memory with their pictures. One picture always has room, however large. Who came first
 * goes first. Thread-safe.
 */
public final class PixelRoom {

  /** Of Java's memory, for one kind of work. */
  private static final int PART = 4;

  private final int most;
  private final Semaphore free;

  /**
   * @param most pixels at once, at least 1
   */
  public PixelRoom(int most) {
    this.most = most;
    this.free = new Semaphore(most, true);
  }

  /**
   * A quarter of what Java may have.
   *
   * @param bytes that the work takes for each pixel
   */
  public static PixelRoom ofMemory(int bytes) {
    long pixels = Runtime.getRuntime().maxMemory() / PART / bytes;
    return new PixelRoom((int) Math.max(1, Math.min(pixels, Integer.MAX_VALUE)));
  }

  /** Works on a picture once there is room for it; work must not ask for more room. */
  public <T> T during(GrayImage image, Supplier<T> work) {
    int pixels = Math.min(image.pixels().length, most);
    free.acquireUninterruptibly(pixels);
    try {
      return work.get();
    } finally {
      free.release(pixels);
    }
  }
}
