package io.radstream.model.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.layers.ScriptedArithmetic;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The engine's fastest product of two large matrices in a precision: what no network can exceed,
 * and what its arithmetic is measured by.
 */
public final class MatrixCeiling {

  /** Large enough for the device's best rate. */
  private static final List<Integer> CPU_SIDES = List.of(1024, 2048);

  private static final List<Integer> GPU_SIDES = List.of(4096, 8192);

  private static final double NANOS = 1e9;

  private final ComputeDevice device;
  private final Precision precision;
  private final LongSupplier nanoTime;

  /**
   * @param device that is measured
   * @param nanoTime in nanoseconds, as {@link System#nanoTime}
   */
  public MatrixCeiling(ComputeDevice device, Precision precision, LongSupplier nanoTime) {
    this.device = device;
    this.precision = precision;
    this.nanoTime = nanoTime;
  }

  /**
   * @param repeats products of each size
   * @return floating-point operations a second, the best of all products
   */
  public double flopsPerSecond(int repeats) {
    double best = 0;
    try (NDManager manager = device.newManager()) {
      TorchScript script = ScriptedArithmetic.of(manager, precision).script();
      for (int side : manager.getDevice().isGpu() ? GPU_SIDES : CPU_SIDES) {
        NDArray left = script.run("enter", manager.randomNormal(new Shape(side, side)));
        NDArray right = script.run("cast", manager.randomNormal(new Shape(side, side)));
        NDArray bias = script.run("cast", manager.zeros(new Shape(side)));
        double work = 2.0 * side * side * side;
        for (int i = 0; i <= repeats; i++) { // the first one warms up
          best = Math.max(best, work / seconds(script, left, right, bias));
        }
      }
    }
    return best;
  }

  private double seconds(TorchScript script, NDArray... operands) {
    long began = nanoTime.getAsLong();
    try (NDArray first = script.run("product", operands)) {
      first.getFloat(); // reading a number waits for the device
    }
    return Math.max(1, nanoTime.getAsLong() - began) / NANOS;
  }
}
