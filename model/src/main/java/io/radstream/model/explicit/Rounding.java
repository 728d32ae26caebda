package io.radstream.model.explicit;

import io.radstream.model.network.ViewFusion;
import java.util.Arrays;

/**
 * How sizes of batches are rounded up, so that few differ: pictures, and rows of tokens, which are
 * filled up with sequences that no loss counts.
 *
 * @param longest report that there may be, in tokens
 */
record Rounding(int longest) {

  private static final int PICTURES = 8;
  private static final int ROWS = 64;

  /** Rows of all reports, were they as long as can be, of which one step is so many. */
  private static final int SHARE = 32;

  /** Pictures for so many distinct ones of as many studies. */
  static int pictures(int distinct, int studies) {
    return Math.min(up(distinct, PICTURES), studies * ViewFusion.VIEWS);
  }

  /** Lengths of reports, and behind them those of as many fillers for each batch of the size. */
  int[] filled(int... lengths) {
    int step = up(Math.max(1, lengths.length * longest / SHARE), ROWS);
    int rows = Arrays.stream(lengths).sum();
    int missing = up(Math.max(1, rows), step) - rows;
    int[] all = Arrays.copyOf(lengths, lengths.length + up(step, longest) / longest);
    for (int i = lengths.length; i < all.length; i++) {
      all[i] = Math.min(longest, missing);
      missing -= all[i];
    }
    return all;
  }

  private static int up(int number, int step) {
    return (number + step - 1) / step * step;
  }
}
