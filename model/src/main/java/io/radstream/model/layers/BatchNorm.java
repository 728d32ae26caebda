package io.radstream.model.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.engine.TorchEngine;

/**
 * Batch normalisation of each channel (Ioffe and Szegedy, 2015): while training with the mean and
 * the variance over the pictures at hand, else with the running ones.
 *
 * @param weight channels
 * @param bias channels
 */
public record BatchNorm(NDArray weight, NDArray bias, RunningMoments running) {

  /** As in PyTorch, and in torchvision's residual networks. */
  public static final float EPSILON = 1e-5f;

  /** DJL counts what is kept of the old, PyTorch what is taken of the new. */
  private static final float KEEP_ALL = 1;

  private static final float KEEP_NOTHING = 0;

  private static final int CHANNEL_AXIS = 1;

  /**
   * @param x batch × channels × height × width, in the type of the weights
   * @param training moments of the batch are noted for the running ones where the engine records:
   *     in the pass that gradients go back through, and no other
   * @return as x
   */
  public NDArray apply(NDArray x, boolean training) {
    if (!training || running.isHeld()) {
      return normalized(x, running.mean(), running.variance(), KEEP_ALL, false);
    }
    Shape channels = weight.getShape();
    NDArray mean = x.getManager().zeros(channels, weight.getDataType());
    NDArray variance = x.getManager().zeros(channels, weight.getDataType());
    NDArray y = normalized(x, mean, variance, KEEP_NOTHING, true);
    if (TorchEngine.isRecording()) {
      running.note(x.getShape().size() / channels.size(), mean, variance);
    }
    return y;
  }

  private NDArray normalized(
      NDArray x, NDArray mean, NDArray variance, float keep, boolean training) {
    return ai.djl.nn.norm.BatchNorm.batchNorm(
            x, mean, variance, weight, bias, CHANNEL_AXIS, keep, EPSILON, training)
        .singletonOrThrow();
  }
}
