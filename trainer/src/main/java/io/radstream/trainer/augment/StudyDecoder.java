package io.radstream.trainer.augment;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tuples to studies in memory, whose views are decoded when they are first shown. One that cannot
 * be decoded is counted and left out, the same way in every epoch and every run. Thread-safe.
 */
public final class StudyDecoder {

  private static final Logger LOG = LoggerFactory.getLogger(StudyDecoder.class);

  private final ImageDecoder images = new ImageDecoder();
  private final ModelInput input;
  private final int maxTokens;
  private final int maxEncoderTokens;
  private final PhaseTimes times;
  private final Optional<ViewStore> store;
  private final ViewSource source;
  private final Optional<ViewCounter> counter;
  private final LongAdder unreadable = new LongAdder();

  /** Of views as they were published. */
  public StudyDecoder(
      ModelInput input,
      int maxTokens,
      int maxEncoderTokens,
      PhaseTimes times,
      Optional<ViewStore> store) {
    this(input, maxTokens, maxEncoderTokens, times, store, ViewSource.PUBLISHED);
  }

  /**
   * Longer reports are cut, their end token kept.
   *
   * @param maxTokens of the report transformer
   * @param maxEncoderTokens of the report encoder
   * @param times is told what decoding takes
   * @param store of views that have been decoded before; the caller's to close
   * @param source of views that have not
   */
  public StudyDecoder(
      ModelInput input,
      int maxTokens,
      int maxEncoderTokens,
      PhaseTimes times,
      Optional<ViewStore> store,
      ViewSource source) {
    this.input = input;
    this.maxTokens = maxTokens;
    this.maxEncoderTokens = maxEncoderTokens;
    this.times = times;
    this.store = store;
    this.source = source;
    this.counter =
        source instanceof ViewSource.Originals ? Optional.of(new ViewCounter()) : Optional.empty();
  }

  /**
   * @param coordinates of the tuple on its topic, for the log
   * @return whose views throw a {@link MissingOriginalException} where they are shown and not to be
   *     had
   */
  public PreparedStudy decode(StudyTuple tuple, Object coordinates) {
    List<Supplier<Optional<GrayImage>>> views = new ArrayList<>();
    for (View view : tuple.getViews()) {
      ViewSource.Picture picture = source.of(tuple.getStudyId(), view);
      views.add(() -> counted(picture, decode(picture, coordinates)));
    }
    ReportTokens report = report(tuple.getTokens(), tuple.getEncoderTokens());
    return new PreparedStudy(
        tuple.getStudyId(),
        tuple.getRevision(),
        DecodedViews.of(views),
        report,
        mirrored(tuple, report));
  }

  /** Where no side is named, the report itself is held once. */
  private Optional<ReportTokens> mirrored(StudyTuple tuple, ReportTokens report) {
    List<Integer> tokens = tuple.getMirroredTokens();
    List<Integer> encoderTokens = tuple.getMirroredEncoderTokens();
    if (tokens == null) {
      return Optional.empty();
    }
    boolean same =
        tokens.equals(tuple.getTokens()) && Objects.equals(encoderTokens, tuple.getEncoderTokens());
    return Optional.of(same ? report : report(tokens, encoderTokens));
  }

  private ReportTokens report(List<Integer> tokens, List<Integer> encoderTokens) {
    if (encoderTokens == null) {
      return ReportTokens.shared(cut(tokens, Math.min(maxTokens, maxEncoderTokens)));
    }
    return new ReportTokens(cut(tokens, maxTokens), cut(encoderTokens, maxEncoderTokens));
  }

  /** Bytes of memory that a study takes at most: each view is held encoded or decoded. */
  public long weight(StudyTuple tuple) {
    long side = input.resizedSide();
    long tokens =
        Stream.of(
                tuple.getTokens(),
                tuple.getEncoderTokens(),
                tuple.getMirroredTokens(),
                tuple.getMirroredEncoderTokens())
            .filter(Objects::nonNull)
            .mapToLong(List::size)
            .sum();
    long views =
        tuple.getViews().stream()
            .mapToLong(view -> Math.max(side * side, view.getPixels().remaining()))
            .sum();
    return views + Integer.BYTES * tokens;
  }

  /** Views that could not be decoded. */
  public long unreadable() {
    return unreadable.sum();
  }

  /** By where they were had; empty where nothing but published views is wanted. */
  public Optional<ViewCounts> counts() {
    return counter.map(ViewCounter::counts);
  }

  private Optional<GrayImage> counted(ViewSource.Picture picture, Optional<GrayImage> decoded) {
    if (decoded.isPresent()) {
      counter.ifPresent(views -> views.decoded(picture.isOriginal()));
    }
    return decoded;
  }

  private Optional<GrayImage> decode(ViewSource.Picture picture, Object coordinates) {
    Optional<byte[]> key = store.map(views -> picture.key());
    return key.flatMap(name -> times.during(Phase.DECODE, () -> store.get().find(name)))
        .or(
            () ->
                times
                    .during(Phase.FETCH, () -> bytes(picture, coordinates))
                    .flatMap(
                        bytes ->
                            times.during(Phase.DECODE, () -> decoded(bytes, key, coordinates))));
  }

  private static Optional<byte[]> bytes(ViewSource.Picture picture, Object coordinates) {
    try {
      return picture.bytes();
    } catch (IOException e) {
      throw new MissingOriginalException(coordinates, e);
    }
  }

  private Optional<GrayImage> decoded(byte[] bytes, Optional<byte[]> key, Object coordinates) {
    try {
      GrayImage view = input.resize(images.decode(bytes));
      key.ifPresent(name -> store.get().put(name, view));
      return Optional.of(view);
    } catch (UnreadableImageException e) {
      unreadable.increment();
      LOG.warn("a view of the tuple at {} is left out: {}", coordinates, e.getMessage());
      return Optional.empty();
    }
  }

  private static int[] cut(List<Integer> tokens, int most) {
    if (tokens.isEmpty()) {
      return new int[0];
    }
    int length = Math.min(tokens.size(), most);
    int[] result = new int[length];
    for (int i = 0; i < length; i++) {
      result[i] = tokens.get(i);
    }
    result[length - 1] = tokens.get(tokens.size() - 1);
    return result;
  }
}
