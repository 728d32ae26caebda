package io.radstream.trainer.testing;

/** Is told how scoring a split goes. */
public interface ScoringListener {

  /** So many studies are to be looked at. */
  void begins(long studies);

  /** So many more are done, whether they are scored or omitted. */
  void done(long studies);

  /** Whether to give up. */
  default boolean stopRequested() {
    return false;
  }

  /** Nobody listens. */
  static ScoringListener none() {
    return new ScoringListener() {
      @Override
      public void begins(long studies) {}

      @Override
      public void done(long studies) {}
    };
  }
}
