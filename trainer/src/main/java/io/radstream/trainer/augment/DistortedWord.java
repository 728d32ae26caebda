package io.radstream.trainer.augment;

import java.util.random.RandomGenerator;

/**
 * The picture's {@link Word}, distorted as {@link DistortedPicture} does.
 *
 * @param side of the picture, in pixels
 */
record DistortedWord(int side) implements CompanionPicture {

  @Override
  public void draw(Shown shown, float[] target, int offset, RandomGenerator random) {
    float[] word = new float[side * side];
    new Word(side).draw(shown, word, 0, random);
    Shown cut = new Shown(shown.square(), shown.mirrored(), word, 0, shown.word());
    new DistortedPicture(side).draw(cut, target, offset, random);
  }
}
