package io.radstream.model.engine;

import ai.djl.Device;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a network computes: a value, handed down to whatever makes one. The engine has been started
 * ({@link TorchEngine#start}) before a manager is made.
 *
 * @param index of the GPU as CUDA counts those that this process sees; 0 for the CPU
 */
public record ComputeDevice(Kind kind, int index) {

  public enum Kind {
    CPU,
    CUDA
  }

  private static final String COUNT = "_ZN5torch4cuda12device_countEv";

  public ComputeDevice {
    if (index < 0 || (kind == Kind.CPU && index > 0)) {
      throw new IllegalArgumentException("no device has this number: " + index);
    }
  }

  /** Is always there. */
  public static ComputeDevice cpu() {
    return new ComputeDevice(Kind.CPU, 0);
  }

  public static ComputeDevice cuda(int index) {
    return new ComputeDevice(Kind.CUDA, index);
  }

  /** The first GPU, or the CPU where there is none; the engine has been started. */
  public static ComputeDevice best() {
    // DJL's own default is a GPU only where it finds CUDA outside of PyTorch as well.
    return best(0);
  }

  /**
   * The GPU of that number, or the only one that this process sees; the CPU where there is none at
   * all.
   */
  static ComputeDevice best(int number) {
    if (!TorchEngine.engine().hasCapability(StandardCapabilities.CUDA)) {
      return cpu();
    }
    return cuda(number > 0 && gpus() > 1 ? number : 0);
  }

  /** All that the engine finds on this machine; it has been started. */
  public static List<ComputeDevice> present() {
    return Stream.concat(Stream.of(cpu()), IntStream.range(0, gpus()).mapToObj(ComputeDevice::cuda))
        .toList();
  }

  /** A byte in some versions, a word in others. */
  private static int gpus() {
    return NativeTorch.function(COUNT).invokeInt(new Object[0]) & 0x7F;
  }

  /**
   * Owns arrays on this device; the caller's to close.
   *
   * @throws MissingDeviceException where it is not there
   */
  public NDManager newManager() {
    requirePresent();
    if (kind == Kind.CUDA) {
      DeterministicKernels.require(true);
    }
    return NDManager.newBaseManager(device(), TorchEngine.NAME);
  }

  /**
   * @throws MissingDeviceException where it is not there; the message says which are
   */
  void requirePresent() {
    if (kind == Kind.CPU) {
      // Always there; to count GPUs unpacks a library of JNA's, for which there may be no room.
      return;
    }
    List<ComputeDevice> present = present();
    if (!present.contains(this)) {
      throw new MissingDeviceException(
          "there is no device %s here; there is: %s (for a GPU see docs/operations.md)"
              .formatted(
                  this,
                  present.stream().map(ComputeDevice::toString).collect(Collectors.joining(", "))));
    }
  }

  /**
   * Name and version of the engine, and this device by the engine's own name for it, as it stands
   * on ledgers.
   */
  public String description() {
    return "%s on %s".formatted(TorchEngine.description(), device());
  }

  private Device device() {
    return switch (kind) {
      case CPU -> Device.cpu();
      case CUDA -> Device.gpu(index);
    };
  }

  /** As {@link DeviceChoice#of} reads it. */
  @Override
  public String toString() {
    return switch (kind) {
      case CPU -> "cpu";
      case CUDA -> "cuda:" + index;
    };
  }
}
