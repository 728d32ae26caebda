package io.radstream.trainer.augment;

import java.util.Arrays;

/**
 * Finds the pictures of a batch that look alike, so that the same place in them is the same anatomy
 * (self-discovery; Haghighi et al., 2021, section III-A). The reference is the picture that is most
 * like all the others; the half that is most like it is taken. In a batch of mostly frontal
 * radiographs these are frontal ones.
 *
 * <p>Pictures are compared by {@value #SIDE} × {@value #SIDE} mean shades, by correlation. The
 * paper compares features of an auto-encoder that was trained before, over all patients; within a
 * batch and by shades nothing has to be trained, kept or looked up, and a step taken again finds
 * the same.
 */
public final class AlikePictures {

  private static final int SIDE = 8;

  private AlikePictures() {}

  /**
   * @param images pictures × side × side
   * @return which of them are
   */
  public static boolean[] of(float[] images, int side) {
    int pictures = images.length / (side * side);
    Shades[] shades = new Shades[pictures];
    for (int i = 0; i < pictures; i++) {
      int first = i * side * side;
      shades[i] = Shades.of(side, side, pixel -> images[first + pixel], SIDE);
    }
    double[] likeness = likeness(shades, reference(shades));
    double[] sorted = likeness.clone();
    Arrays.sort(sorted);
    double least = pictures == 0 ? 0 : sorted[pictures / 2];
    boolean[] alike = new boolean[pictures];
    for (int i = 0; i < pictures; i++) {
      // One that is repeated is taken as often as it is shown.
      alike[i] = likeness[i] >= least;
    }
    return alike;
  }

  private static int reference(Shades[] shades) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < shades.length; i++) {
      double sum = Arrays.stream(likeness(shades, i)).sum();
      if (sum > most) {
        most = sum;
        best = i;
      }
    }
    return best;
  }

  private static double[] likeness(Shades[] shades, int reference) {
    return Arrays.stream(shades).mapToDouble(own -> own.correlation(shades[reference])).toArray();
  }
}
