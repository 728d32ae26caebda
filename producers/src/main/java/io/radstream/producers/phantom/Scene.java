package io.radstream.producers.phantom;

/** A patient seen from one direction. */
interface Scene {

  /**
   * How much of the beam is held back at a place: 0 is air, 1 is bone.
   *
   * @param x from the image's left, 0 to 1
   * @param y from the top, 0 to 1
   */
  double density(double x, double y);
}
