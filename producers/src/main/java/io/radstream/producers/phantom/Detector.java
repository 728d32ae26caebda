package io.radstream.producers.phantom;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;

/** Turns a scene into pixels, with grain. */
record Detector(int size) {

  GrayImage expose(Scene scene, Exposure exposure, CounterRandom grain) {
    byte[] pixels = new byte[size * size];
    for (int row = 0; row < size; row++) {
      double y = (row + 0.5) / size;
      for (int column = 0; column < size; column++) {
        double x = (column + 0.5) / size;
        double density = scene.density(exposure.patientX(x, y), exposure.patientY(x, y));
        double signal = exposure.develop(density) + exposure.noise() * bell(grain);
        pixels[row * size + column] = (byte) Math.round(255 * Math.max(0, Math.min(1, signal)));
      }
    }
    return new GrayImage(size, size, pixels);
  }

  /** Nearly normal, deviation 1: the sum of three uniform numbers. */
  private static double bell(CounterRandom random) {
    return 2 * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5);
  }
}
