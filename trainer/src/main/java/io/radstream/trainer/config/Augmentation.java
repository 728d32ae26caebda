package io.radstream.trainer.config;

import static io.radstream.trainer.config.RunConfig.require;

/**
 * How training images are varied (paper, section 4.2); a false or a 0 switches one off.
 *
 * @param flip mirror a study left to right every other time, the sides that its report names with
 *     it; never one whose report cannot follow
 * @param crop cut at a random place of the resized image, instead of the middle
 * @param rotationDegrees turn by up to so much either way
 * @param brightness brighten or darken by up to this part of the whole range
 * @param contrast strengthen or weaken by up to this part
 */
public record Augmentation(
    boolean flip, boolean crop, double rotationDegrees, double brightness, double contrast) {

  public Augmentation {
    require(
        rotationDegrees >= 0 && rotationDegrees <= 180,
        "augmentation.rotationDegrees (0 to 180)",
        rotationDegrees);
    require(brightness >= 0 && brightness <= 1, "augmentation.brightness (0 to 1)", brightness);
    require(contrast >= 0 && contrast < 1, "augmentation.contrast (0 to under 1)", contrast);
  }

  /** No variation at all: every epoch shows the middle of each image. */
  public static Augmentation none() {
    return new Augmentation(false, false, 0, 0, 0);
  }

  /** The paper's. */
  public static Augmentation paper() {
    return new Augmentation(true, true, 10, 0.1, 0.1);
  }
}
