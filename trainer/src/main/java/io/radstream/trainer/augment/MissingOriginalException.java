package io.radstream.trainer.augment;

/**
 * A view at full resolution is not to be had. The run ends: with another picture in its place it
 * could not be taken again.
 */
public final class MissingOriginalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MissingOriginalException(Object coordinates, Throwable cause) {
    super(
        "a view of the tuple at %s is not to be had at full resolution: %s; put it back, or withdraw its study, and the same command goes on"
            .formatted(coordinates, cause.getMessage()),
        cause);
  }
}
