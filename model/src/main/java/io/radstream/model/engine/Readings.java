package io.radstream.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers that the host waits for only when it wants them. A GPU copies them by itself into pinned
 * memory of the host, which the engine lends again. For one thread at a time.
 */
public final class Readings implements AutoCloseable {

  /** Numbers as they were when they were asked for. */
  @FunctionalInterface
  public interface Reading {

    /**
     * Waits until they are there; further calls give the same.
     *
     * @throws CudaException where the device has failed
     */
    float[] numbers();
  }

  /** Empty where the host is the device. */
  private final Optional<CudaCard> card;

  private final NDManager memory;
  private final TorchScript script;
  private final boolean pin;
  private final Set<Pending> open = new HashSet<>();

  /**
   * @param pin whether memory is the device's to write to
   */
  Readings(NDManager device, Optional<CudaCard> card, boolean pin) {
    this.card = card;
    this.memory = device.newSubManager();
    this.script = TorchScript.fused(memory);
    this.pin = pin;
  }

  /**
   * @param device on whose device the numbers are
   */
  public static Readings of(NDManager device) {
    return new Readings(device, CudaCard.of(device), true);
  }

  /**
   * Behind all that the calling thread has asked for before. Whatever becomes of the array
   * afterwards, the numbers are those of now.
   *
   * @param floats float32
   */
  public Reading of(NDArray floats) {
    return card.<Reading>map(device -> pending(device, floats)).orElseGet(() -> atOnce(floats));
  }

  private static Reading atOnce(NDArray floats) {
    float[] numbers = floats.toFloatArray();
    return () -> numbers;
  }

  private Pending pending(CudaCard device, NDArray floats) {
    NDArray host =
        script.run(
            "pinned",
            memory,
            IValue.from(floats.size()),
            ScalarType.FLOAT32.value(),
            IValue.from(pin));
    try (NDArray shaped = host.reshape(floats.getShape());
        IValue to = IValue.from((PtNDArray) shaped);
        IValue from = IValue.from((PtNDArray) floats)) {
      script.call("send", to, from).close();
    }
    Pending reading = new Pending(host, device.event());
    open.add(reading);
    return reading;
  }

  /** Readings that have not been waited for are gone. */
  @Override
  public void close() {
    Set.copyOf(open).forEach(Pending::close);
    memory.close();
  }

  /** On its way. */
  private final class Pending implements Reading {

    private final NDArray host;
    private final CudaEvent there;
    private Optional<float[]> numbers = Optional.empty();

    Pending(NDArray host, CudaEvent there) {
      this.host = host;
      this.there = there;
    }

    @Override
    public float[] numbers() {
      if (numbers.isEmpty()) {
        if (!open.contains(this)) {
          throw new IllegalStateException("these readings are closed");
        }
        there.await();
        FloatBuffer values = ((PtNDArray) host).toByteBuffer(true).asFloatBuffer();
        float[] read = new float[values.remaining()];
        values.get(read);
        numbers = Optional.of(read);
        close();
      }
      return numbers.get();
    }

    private void close() {
      open.remove(this);
      there.close();
      host.close();
    }
  }
}
