package io.radstream.serving.fleet;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The checkpoint with the best figure becomes live.
 *
 * @param figure as it is announced, for example validation_loss
 * @param best which end of the figure is the good one
 */
public record BestWins(String figure, Best best) implements ServingPolicy {

  /** Which values of a figure are good ones. */
  public enum Best {
    LOWEST,
    HIGHEST
  }

  public BestWins {
    Objects.requireNonNull(best, "best");
    if (figure.isBlank()) {
      throw new IllegalArgumentException("a figure has a name, as validation_loss");
    }
  }

  @Override
  public String name() {
    return "best %s %s".formatted(best.name().toLowerCase(Locale.ROOT), figure);
  }

  /** Also an older one, where it is better: all that was announced before takes part. */
  @Override
  public boolean considers(KnownCheckpoint checkpoint, Map<Role, KnownCheckpoint> crew) {
    Optional<KnownCheckpoint> live = Optional.ofNullable(crew.get(Role.LIVE));
    return live.isEmpty()
        || ServingPolicy.super.considers(checkpoint, crew)
        || isBetter(checkpoint, live.get());
  }

  @Override
  public Comparator<KnownCheckpoint> order() {
    return Comparator.<KnownCheckpoint>comparingDouble(this::cost)
        .thenComparing(ServingPolicy.super.order());
  }

  /** What is not better need not be loaded to know that. */
  @Override
  public Optional<Verdict> unloaded(Known known) {
    KnownCheckpoint checkpoint = known.checkpoint();
    if (!checkpoint.metrics().containsKey(figure)) {
      return Optional.of(new Verdict.Refuse("it was announced without " + figure));
    }
    return known
        .live()
        .filter(live -> !isBetter(checkpoint, live))
        .map(
            live ->
                new Verdict.Refuse(
                    "its %s, %s, is not better than that of the live one, %s"
                        .formatted(
                            figure, checkpoint.metrics().get(figure), live.metrics().get(figure))));
  }

  @Override
  public Verdict judge(Known known) {
    return known
        .failure()
        .<Verdict>map(Verdict.Refuse::new)
        .or(() -> unloaded(known))
        .orElseGet(
            () ->
                new Verdict.Promote(
                    "its %s, %s, is the best"
                        .formatted(figure, known.checkpoint().metrics().get(figure))));
  }

  private boolean isBetter(KnownCheckpoint checkpoint, KnownCheckpoint live) {
    return cost(checkpoint) < cost(live);
  }

  /** The less the better; what has no figure is the worst. */
  private double cost(KnownCheckpoint checkpoint) {
    Double value = checkpoint.metrics().get(figure);
    if (value == null) {
      return Double.POSITIVE_INFINITY;
    }
    return best == Best.LOWEST ? value : -value;
  }
}
