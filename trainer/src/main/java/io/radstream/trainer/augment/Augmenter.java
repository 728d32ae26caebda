package io.radstream.trainer.augment;

import io.radstream.model.network.CompanionKind;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.config.Augmentation;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a study in a new way each epoch: which views, where they are cut, how they are turned. What
 * comes out is a pure function of seed, study, revision and epoch. Thread-safe.
 *
 * <p>Mirroring is one choice for the whole study, and the sides that its report names change places
 * with it: otherwise the network would learn that sides do not matter. A study whose report cannot
 * follow is never mirrored.
 */
public final class Augmenter {

  private static final Logger LOG = LoggerFactory.getLogger(Augmenter.class);

  /** So many studies without a mirrored report are no chance. */
  private static final long TELLING = 256;

  private final long seed;
  private final Augmentation augmentation;
  private final ModelInput input;
  private final ReportMirroring mirroring;
  private final CompanionPictures companions;

  /** Studies shown until one came that can be mirrored; negative since then. */
  private final AtomicLong fixed = new AtomicLong();

  /** Of a run without companion pictures. */
  public Augmenter(
      long seed, Augmentation augmentation, ModelInput input, ReportMirroring mirroring) {
    this(seed, augmentation, input, mirroring, Set.of());
  }

  /**
   * @param mirroring how reports follow mirrored pictures
   * @param companions kinds of companion pictures that are drawn
   */
  public Augmenter(
      long seed,
      Augmentation augmentation,
      ModelInput input,
      ReportMirroring mirroring,
      Set<CompanionKind> companions) {
    this.seed = seed;
    this.augmentation = augmentation;
    this.input = input;
    this.mirroring = mirroring;
    this.companions = new CompanionPictures(seed, augmentation, input, companions);
  }

  /** Kinds of companion pictures that are drawn. */
  public Set<CompanionKind> companions() {
    return companions.kinds();
  }

  /** Values that a study takes: 3 views × side × side. */
  public int valuesPerStudy() {
    return ViewSelection.VIEWS * input.size() * input.size();
  }

  /**
   * @param room gets the study's three views, and their companions
   * @return what goes with them
   */
  public ShownStudy augment(PreparedStudy study, long epoch, PictureRoom room) {
    List<GrayImage> views = views(study, epoch);
    CounterRandom random =
        CounterRandom.of(seed, "augment " + study.studyId(), study.revision(), epoch);
    Optional<ReportTokens> other = mirrored(study);
    // Drawn in any case, so that no other draw depends on the report.
    boolean mirrored = random.nextBoolean() && other.isPresent();
    // A repeated view is the same picture again, so that the network need look at it only once.
    IdentityHashMap<GrayImage, Warp> warps = new IdentityHashMap<>();
    int next = room.offset();
    for (GrayImage view : views) {
      warps
          .computeIfAbsent(view, key -> Warp.draw(augmentation, input, mirrored, random))
          .apply(view, input.size(), room.images(), next);
      next += input.size() * input.size();
    }
    companions.draw(study, epoch, views, mirrored, room);
    return new ShownStudy(
        mirrored ? other.get() : study.report(),
        mirrored && mirroring.exchangesLabels(),
        other.isPresent());
  }

  private Optional<ReportTokens> mirrored(PreparedStudy study) {
    if (!augmentation.flip()) {
      return Optional.empty();
    }
    Optional<ReportTokens> other = mirroring.of(study);
    if (other.isPresent()) {
      fixed.set(Long.MIN_VALUE);
    } else if (fixed.incrementAndGet() == TELLING) {
      LOG.warn(
          "none of the first {} studies can be mirrored, so that their pictures are shown as they"
              + " are. Tuples of an earlier version carry no mirrored report: publish and stage the"
              + " studies under another --topic-prefix. Otherwise their reports are in a language whose"
              + " words for sides are not known, or a finding of the run names a side",
          TELLING);
    }
    return other;
  }

  /** The middle of each view, always the same three, with the same companions: for validation. */
  public ReportTokens plain(PreparedStudy study, PictureRoom room) {
    List<GrayImage> views = views(study, 0);
    int next = room.offset();
    for (GrayImage view : views) {
      Warp.none(input).apply(view, input.size(), room.images(), next);
      next += input.size() * input.size();
    }
    companions.draw(study, 0, views, false, room);
    return study.report();
  }

  /** What objectives draw by for a study in an epoch; 0 is the epoch of validations. */
  public long draw(PreparedStudy study, long epoch) {
    return CounterRandom.of(seed, "objectives " + study.studyId(), study.revision(), epoch)
        .nextLong();
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
