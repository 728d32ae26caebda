package io.radstream.model.kernels.check;

import java.util.List;

/**
 * What came of a check.
 *
 * @param check its name
 * @param differences of what it compared
 * @param digest SHA-256 in hexadecimal digits of all that was compared, by its bits
 * @param times of its kernels; none where the device cannot tell
 */
public record Outcome(String check, List<Difference> differences, String digest, List<Time> times) {

  public Outcome {
    differences = List.copyOf(differences);
    times = List.copyOf(times);
  }

  /**
   * @param result what was compared
   * @param worst difference, in parts of what is tolerated: 1 at most, or the kernel is wrong;
   *     infinite where a number is none and should be one, or the other way round
   */
  public record Difference(String result, double worst) {}

  /**
   * @param bytes that the kernel has to read and write at least
   */
  public record Time(String kernel, double milliseconds, long bytes) {

    public double gigabytesPerSecond() {
      return bytes / milliseconds / 1e6;
    }
  }

  public boolean isRight() {
    return differences.stream().allMatch(one -> one.worst() <= 1);
  }
}
