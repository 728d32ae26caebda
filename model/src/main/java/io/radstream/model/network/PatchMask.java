package io.radstream.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which patches of each picture are shown; the others are hidden. As many of each picture.
 *
 * @param shown pictures × shown: indices of patches, rising
 * @param hidden pictures × hidden: the other ones, rising
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record PatchMask(int[][] shown, int[][] hidden) {

  /**
   * Draws one.
   *
   * @param places patches of a picture
   * @param visible how many of them are shown; at least 1, and fewer than there are
   * @param random one for each picture
   */
  public static PatchMask drawn(int places, int visible, RandomGenerator... random) {
    int[][] shown = new int[random.length][];
    int[][] hidden = new int[random.length][];
    for (int picture = 0; picture < random.length; picture++) {
      int[] order = order(places, random[picture]);
      shown[picture] = Arrays.stream(order).limit(visible).sorted().toArray();
      hidden[picture] = Arrays.stream(order).skip(visible).sorted().toArray();
    }
    return new PatchMask(shown, hidden);
  }

  /** The numbers below a count in an order of chance (Fisher and Yates). */
  public static int[] order(int count, RandomGenerator random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int last = count - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int swapped = order[last];
      order[last] = order[other];
      order[other] = swapped;
    }
    return order;
  }

  /** pictures × patches × width to pictures × shown × width. */
  public NDArray shown(NDArray patches) {
    return chosen(patches, shown);
  }

  /** pictures × patches × width to pictures × hidden × width. */
  public NDArray hidden(NDArray patches) {
    return chosen(patches, hidden);
  }

  /**
   * Puts patches back in their places.
   *
   * @param seen pictures × shown × width
   * @param unseen pictures × hidden × width
   * @return pictures × patches × width
   */
  public NDArray whole(NDArray seen, NDArray unseen) {
    int[][] places = new int[shown.length][];
    for (int picture = 0; picture < shown.length; picture++) {
      places[picture] = new int[shown[picture].length + hidden[picture].length];
      for (int i = 0; i < shown[picture].length; i++) {
        places[picture][shown[picture][i]] = i;
      }
      for (int i = 0; i < hidden[picture].length; i++) {
        places[picture][hidden[picture][i]] = shown[picture].length + i;
      }
    }
    return chosen(seen.concat(unseen, 1), places);
  }

  private static NDArray chosen(NDArray patches, int[][] which) {
    Shape shape = patches.getShape();
    long stride = shape.get(1);
    long width = shape.get(2);
    long[] rows =
        IntStream.range(0, which.length)
            .boxed()
            .flatMapToLong(
                picture -> Arrays.stream(which[picture]).mapToLong(i -> picture * stride + i))
            .toArray();
    NDManager manager = patches.getManager();
    return patches
        .reshape(shape.get(0) * stride, width)
        .get(manager.create(rows))
        .reshape(shape.get(0), rows.length / shape.get(0), width);
  }
}
