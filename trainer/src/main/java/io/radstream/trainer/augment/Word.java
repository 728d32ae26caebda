package io.radstream.trainer.augment;

import java.util.random.RandomGenerator;

/**
 * A part of the radiograph, made as large as a picture.
 *
 * @param side of the picture, in pixels
 */
record Word(int side) implements CompanionPicture {

  @Override
  public void draw(Shown shown, float[] target, int offset, RandomGenerator random) {
    shown.word().cut(shown.square(), side, target, offset);
  }
}
