package io.radstream.serving.fleet;

/** The newest checkpoint that can be loaded becomes live, and no other is kept. */
public final class NewestWins implements ServingPolicy {

  @Override
  public Verdict judge(Known known) {
    return known
        .failure()
        .<Verdict>map(Verdict.Refuse::new)
        .orElseGet(() -> new Verdict.Promote("it is the newest"));
  }

  /** It never rolls back, so that a replaced model's memory is free for the next one. */
  @Override
  public boolean keepsPrevious() {
    return false;
  }
}
