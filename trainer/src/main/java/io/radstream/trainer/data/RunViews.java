package io.radstream.trainer.data;

import io.radstream.objects.ClaimedObjects;
import io.radstream.trainer.augment.ViewSource;
import io.radstream.trainer.config.RunConfig;
import java.util.Optional;
import java.util.function.Predicate;

/** Where a run's settings want views from. */
public final class RunViews {

  private RunViews() {}

  /**
   * @throws TrainingException as {@link #of} does
   */
  public static void require(RunConfig config, Optional<ClaimedObjects> originals) {
    of(config, originals, study -> false);
  }

  /**
   * @param originals where pictures at full resolution are read; empty where nobody has said
   * @param withdrawn by study id
   * @throws TrainingException where the settings want such, and nobody has said where they are
   */
  public static ViewSource of(
      RunConfig config, Optional<ClaimedObjects> originals, Predicate<String> withdrawn) {
    return switch (config.data().views()) {
      case PUBLISHED -> ViewSource.PUBLISHED;
      case ORIGINAL ->
          new ViewSource.Originals(
              originals.orElseThrow(
                  () ->
                      new TrainingException(
                          "data.views is ORIGINAL: --originals s3://BUCKET/PREFIX has to say where pictures at full resolution may be read")),
              withdrawn);
    };
  }
}
