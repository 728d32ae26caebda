package io.radstream.radiology;

/**
 * Which three views of a study the model sees (paper, section 4.2): of more than three, three are
 * drawn; of fewer, one drawn at random is repeated to fill up.
 */
public final class ViewSelection {

  /** Views that the model sees of one study. */
  public static final int VIEWS = 3;

  private ViewSelection() {}

  /**
   * Three indices in ascending order; the same arguments always give the same three.
   *
   * @param views number of distinct views, at least 1
   * @param epoch counts the draws: each epoch draws anew
   */
  public static int[] draw(long seed, String studyId, int revision, long epoch, int views) {
    if (views < 1) {
      throw new IllegalArgumentException("a study without a view has nothing to select");
    }
    CounterRandom random = CounterRandom.of(seed, studyId, revision, epoch);
    return views < VIEWS ? repeatOne(random, views) : drawThree(random, views);
  }

  private static int[] repeatOne(CounterRandom random, int views) {
    int repeated = random.nextInt(views);
    int[] selection = new int[VIEWS];
    int next = 0;
    for (int view = 0; view < views; view++) {
      int times = view == repeated ? VIEWS - views + 1 : 1;
      for (int i = 0; i < times; i++) {
        selection[next++] = view;
      }
    }
    return selection;
  }

  /** Selection sampling (Knuth, Algorithm S): one pass, ascending, every subset equally likely. */
  private static int[] drawThree(CounterRandom random, int views) {
    int[] selection = new int[VIEWS];
    int chosen = 0;
    for (int view = 0; chosen < VIEWS; view++) {
      if (random.nextInt(views - view) < VIEWS - chosen) {
        selection[chosen++] = view;
      }
    }
    return selection;
  }
}
