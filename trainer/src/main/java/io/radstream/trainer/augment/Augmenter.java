package io.radstream.trainer.augment;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.VocabularyIds;
import io.radstream.trainer.config.Augmentation;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a study in a new way each epoch: which views, where they are cut, how they are turned. What
 * comes out is a pure function of seed, study, revision and epoch. Thread-safe.
 *
 * <p>Mirroring is one choice for the whole study, and its report's "left" and "right" change places
 * with it: otherwise the network would learn that sides do not matter.
 */
public final class Augmenter {

  private static final Logger LOG = LoggerFactory.getLogger(Augmenter.class);

  private final long seed;
  private final Augmentation augmentation;
  private final ModelInput input;
  private final VocabularyIds decoder;
  private final VocabularyIds encoder;
  private final boolean flip;

  /**
   * @param decoder vocabulary of the report transformer
   * @param encoder vocabulary of the report encoder
   */
  public Augmenter(
      long seed,
      Augmentation augmentation,
      ModelInput input,
      VocabularyIds decoder,
      VocabularyIds encoder) {
    this.seed = seed;
    this.augmentation = augmentation;
    this.input = input;
    this.decoder = decoder;
    this.encoder = encoder;
    this.flip = augmentation.flip() && decoder.canMirror() && encoder.canMirror();
    if (augmentation.flip() && !flip) {
      LOG.warn(
          "a tokenizer has no token of its own for \"left\" or \"right\": images are not mirrored");
    }
  }

  /** Values that a study takes: 3 views × side × side. */
  public int valuesPerStudy() {
    return ViewSelection.VIEWS * input.size() * input.size();
  }

  /**
   * @param images gets the study's three views from {@code offset} on
   * @return the report that goes with them
   */
  public ReportTokens augment(PreparedStudy study, long epoch, float[] images, int offset) {
    List<GrayImage> views = views(study, epoch);
    CounterRandom random =
        CounterRandom.of(seed, "augment " + study.studyId(), study.revision(), epoch);
    boolean mirrored = random.nextBoolean() && flip;
    // A repeated view is the same picture again, so that the network need look at it only once.
    IdentityHashMap<GrayImage, Warp> warps = new IdentityHashMap<>();
    int next = offset;
    for (GrayImage view : views) {
      warps
          .computeIfAbsent(view, key -> Warp.draw(augmentation, input, mirrored, random))
          .apply(view, input.size(), images, next);
      next += input.size() * input.size();
    }
    return mirrored ? study.report().mirror(decoder, encoder) : study.report();
  }

  /** The middle of each view, always the same three: for validation. */
  public ReportTokens plain(PreparedStudy study, float[] images, int offset) {
    int next = offset;
    for (GrayImage view : views(study, 0)) {
      Warp.none(input).apply(view, input.size(), images, next);
      next += input.size() * input.size();
    }
    return study.report();
  }

  /** Decodes the views that an epoch shows, so that they are here when they are shown. */
  public void decode(PreparedStudy study, long epoch) {
    study.views().decode(selection(study, epoch));
  }

  /** The three views that an epoch shows, decoded. */
  private List<GrayImage> views(PreparedStudy study, long epoch) {
    return study.views().draw(selection(study, epoch));
  }

  private IntFunction<int[]> selection(PreparedStudy study, long epoch) {
    return count -> ViewSelection.draw(seed, study.studyId(), study.revision(), epoch, count);
  }
}
