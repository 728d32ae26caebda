package io.radstream.model.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which device is asked for, while the engine has not been started and cannot tell which are there.
 *
 * @param named empty for the best that there is
 * @param local number of this process among those of the machine that each have a device: where no
 *     certain one is named, the GPU of that number
 */
public record DeviceChoice(Optional<ComputeDevice> named, int local) {

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  /** Of the only process. */
  public DeviceChoice(Optional<ComputeDevice> named) {
    this(named, 0);
  }

  public static DeviceChoice auto() {
    return new DeviceChoice(Optional.empty());
  }

  /** The same for one of several processes. */
  public DeviceChoice of(int number) {
    return new DeviceChoice(named, number);
  }

  /**
   * @param text {@code auto}, {@code cpu}, {@code cuda} for the first GPU, or {@code cuda:N}
   * @throws IllegalArgumentException where it is none of these
   */
  public static DeviceChoice of(String text) {
    Matcher cuda = CUDA.matcher(text);
    if (text.equals("auto")) {
      return auto();
    }
    if (text.equals("cpu")) {
      return new DeviceChoice(Optional.of(ComputeDevice.cpu()));
    }
    if (cuda.matches()) {
      int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
      return new DeviceChoice(Optional.of(ComputeDevice.cuda(index)));
    }
    throw new IllegalArgumentException("not a device such as auto, cpu, cuda or cuda:1: " + text);
  }

  /**
   * Starts the engine, as {@link TorchEngine#start}, and finds the device.
   *
   * @throws MissingDeviceException where it is not there; the message says which are
   */
  public ComputeDevice start(int threads) {
    TorchEngine.start(threads);
    ComputeDevice found = named.orElseGet(() -> ComputeDevice.best(local));
    found.requirePresent();
    return found;
  }

  /** As {@link #of} reads it. */
  @Override
  public String toString() {
    return named.map(ComputeDevice::toString).orElse("auto");
  }
}
