package io.radstream.model.kernels.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** What a check works with: numbers on the device, and what is thought of them afterwards. */
final class Workbench {

  /** bfloat16 rounds by 2^-8 at most; the rest is for the arithmetic before it. */
  static final Tolerance NARROW = new Tolerance(1.01 / 256, 1e-5);

  /** Sums of some thousand numbers in float32. */
  static final Tolerance WIDE = new Tolerance(2e-5, 2e-5);

  private static final int REPEATS = 20;

  private record Launch(String kernel, long bytes, Runnable work) {}

  private final String name;
  private final CheckedDevice device;
  private final SplittableRandom random = new SplittableRandom(21);
  private final MessageDigest digest;
  private final List<Launch> launches = new ArrayList<>();
  private final List<Outcome.Difference> differences = new ArrayList<>();

  Workbench(String name, CheckedDevice device) {
    this.name = name;
    this.device = device;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  CheckedDevice device() {
    return device;
  }

  /**
   * What a result may differ by: relative x |expected| + absolute.
   *
   * @param absolute in the unit of the result
   */
  record Tolerance(double relative, double absolute) {

    Tolerance scaled(double unit) {
      return new Tolerance(relative, absolute * unit);
    }
  }

  /** From -1 to 1, as the type keeps them. */
  double[] draw(int count, ElementType type) {
    return random.doubles(count, -1, 1).map(type::kept).toArray();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  Numbers give(double[] values, ElementType type) {
    Numbers numbers = new Numbers(device.allocate(bytes(values.length, type)), values.length, type);
    write(numbers, values);
    return numbers;
  }

  void write(Numbers numbers, double... values) {
    ByteBuffer buffer = buffer(numbers);
    for (double value : values) {
      numbers.type().put(buffer, value);
    }
    device.write(numbers.address(), buffer.flip());
  }

  Numbers longs(long... values) {
    return give(Arrays.stream(values).asDoubleStream().toArray(), ElementType.INT64);
  }

  /** All 64 bits, of which a double holds but 53. */
  void writeLong(long address, long value) {
    device.write(
        address,
        ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(value).flip());
  }

  /** Bytes as they are. */
  long raw(ByteBuffer values) {
    long address = device.allocate(values.remaining());
    device.write(address, values);
    return address;
  }

  /** Room for results; NaN, so that what is not written is noticed. */
  Numbers room(int count, ElementType type) {
    double[] nothing = new double[count];
    Arrays.fill(nothing, Double.NaN);
    return give(nothing, type);
  }

  double[] read(Numbers numbers) {
    ByteBuffer buffer = buffer(numbers);
    device.read(numbers.address(), buffer);
    buffer.rewind();
    double[] values = new double[numbers.count()];
    Arrays.setAll(values, i -> numbers.type().get(buffer));
    digest.update(buffer.rewind());
    return values;
  }

  /**
   * Runs a kernel.
   *
   * @param bytes that it reads and writes at least
   */
  void launch(String kernel, long bytes, Runnable work) {
    work.run();
    launches.add(new Launch(kernel, bytes, work));
  }

  void compare(String result, Numbers found, double[] expected, Tolerance tolerance) {
    double[] values = read(found);
    double worst = values.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(values.length, expected.length); i++) {
      worst = Math.max(worst, error(values[i], expected[i], tolerance));
    }
    differences.add(new Outcome.Difference(result, worst));
  }

  private static double error(double found, double expected, Tolerance tolerance) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      return Double.compare(found, expected) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double apart = Math.abs(found - expected);
    double allowed = tolerance.relative() * Math.abs(expected) + tolerance.absolute();
    return Double.isNaN(apart) ? Double.POSITIVE_INFINITY : apart == 0 ? 0 : apart / allowed;
  }

  /** Times what was launched, last of all, since that changes what it works on; then frees it. */
  Outcome outcome() {
    List<Outcome.Time> times = new ArrayList<>();
    for (Launch launch : launches) {
      double milliseconds = device.milliseconds(launch.work(), REPEATS);
      if (!Double.isNaN(milliseconds)) {
        times.add(new Outcome.Time(launch.kernel(), milliseconds, launch.bytes()));
      }
    }
    device.release();
    return new Outcome(name, differences, HexFormat.of().formatHex(digest.digest()), times);
  }

  private static ByteBuffer buffer(Numbers numbers) {
    return ByteBuffer.allocateDirect(Math.toIntExact(numbers.bytes()))
        .order(ByteOrder.nativeOrder());
  }

  private static long bytes(int count, ElementType type) {
    return (long) count * type.bytes();
  }
}
