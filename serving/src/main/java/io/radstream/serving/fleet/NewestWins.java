package io.radstream.serving.fleet;

/** The newest checkpoint that can be loaded becomes live. */
public final class NewestWins implements ServingPolicy {

  @Override
  public Verdict judge(Known known) {
    return known
        .failure()
        .<Verdict>map(Verdict.Refuse::new)
        .orElseGet(() -> new Verdict.Promote("it is the newest"));
  }

  @Override
  public String name() {
    return "newest";
  }
}
