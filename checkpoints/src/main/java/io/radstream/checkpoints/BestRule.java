package io.radstream.checkpoints;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which checkpoint of a line is the best one: by a figure of its validation. Of two that are as
 * good the earlier.
 *
 * @param figure name, as in a checkpoint's metrics; one without it is never the best
 * @param highest whether the highest figure is the best one, and not the lowest
 */
public record BestRule(String figure, boolean highest) {

  /** The lowest validation loss. */
  public static final BestRule LOSS = new BestRule("validation_loss", false);

  /** The highest mean area under the ROC curve over findings. */
  public static final BestRule AUC = new BestRule("validation_auc", true);

  public BestRule {
    Objects.requireNonNull(figure, "figure");
  }

  /**
   * @param checkpoints oldest first
   */
  public Optional<Checkpoint> of(List<Checkpoint> checkpoints) {
    return checkpoints.stream()
        .filter(checkpoint -> checkpoint.state().metrics().containsKey(figure))
        .min(Comparator.comparingDouble(this::cost));
  }

  private double cost(Checkpoint checkpoint) {
    double value = checkpoint.state().metrics().get(figure);
    return highest ? -value : value;
  }
}
