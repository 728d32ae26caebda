package io.radstream.trainer.augment;

import java.util.random.RandomGenerator;

/**
 * Context Restoration (Chen et al., 2019, "Self-supervised learning for medical image analysis
 * using image context restoration", Medical Image Analysis 58:101539, algorithm 1): two small
 * patches that do not overlap, drawn at random, change places; so {@link #SWAPS} times, each time
 * in the picture as the last time left it. The distribution of brightness stays, the context is
 * lost.
 *
 * <p>How many and how large is ours: patches have sides of an eighth of the picture's, so that ten
 * pairs take up to 31 % of it.
 *
 * @param side of the picture, in pixels; at least 2
 */
record SwappedPatches(int side) implements CompanionPicture {

  static final int SWAPS = 10;
  private static final int PARTS = 8;

  SwappedPatches {
    if (side < 2) {
      throw new IllegalArgumentException("a picture of %d pixels has no patches".formatted(side));
    }
  }

  @Override
  public void draw(Shown shown, float[] target, int offset, RandomGenerator random) {
    System.arraycopy(shown.values(), shown.offset(), target, offset, side * side);
    int patch = Math.max(1, side / PARTS);
    int places = side - patch + 1;
    for (int swap = 0; swap < SWAPS; swap++) {
      int left = random.nextInt(places);
      int top = random.nextInt(places);
      int otherLeft = random.nextInt(places);
      int otherTop = random.nextInt(places);
      while (Math.abs(left - otherLeft) < patch && Math.abs(top - otherTop) < patch) {
        otherLeft = random.nextInt(places);
        otherTop = random.nextInt(places);
      }
      swap(target, offset + top * side + left, offset + otherTop * side + otherLeft, patch);
    }
  }

  private void swap(float[] picture, int one, int other, int patch) {
    for (int y = 0; y < patch; y++) {
      for (int x = 0; x < patch; x++) {
        int a = one + y * side + x;
        int b = other + y * side + x;
        float kept = picture[a];
        picture[a] = picture[b];
        picture[b] = kept;
      }
    }
  }
}
