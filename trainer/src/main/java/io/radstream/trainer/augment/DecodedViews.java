package io.radstream.trainer.augment;

import io.radstream.radiology.image.GrayImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The views of a study, each decoded when it is first shown: a study of many views costs no more
 * than one of three. Thread-safe.
 */
public final class DecodedViews {

  private final List<Slot> slots;

  private DecodedViews(List<Slot> slots) {
    this.slots = slots;
  }

  /**
   * @param decoding of each view; empty for one that cannot be decoded. Asked at most once
   */
  static DecodedViews of(List<Supplier<Optional<GrayImage>>> decoding) {
    return new DecodedViews(decoding.stream().map(Slot::new).toList());
  }

  /** Views that are decoded already. */
  public static DecodedViews of(GrayImage... images) {
    DecodedViews views = of(Arrays.stream(images).map(DecodedViews::decoded).toList());
    views.slots.forEach(Slot::image);
    return views;
  }

  private static Supplier<Optional<GrayImage>> decoded(GrayImage image) {
    return () -> Optional.of(image);
  }

  /** Number of views, whether they can be decoded or not. */
  public int count() {
    return slots.size();
  }

  /** Whether there is a view that can be shown. */
  public boolean any() {
    return slots.stream().flatMap(Slot::shown).findAny().isPresent()
        || slots.stream().anyMatch(slot -> slot.image().isPresent());
  }

  /** Decodes what {@link #draw} will want; nothing comes of it where no view can be decoded. */
  void decode(IntFunction<int[]> draw) {
    if (!slots.isEmpty() && drawn(draw).isEmpty()) {
      slots.forEach(Slot::image);
    }
  }

  /**
   * The views that a draw selects. Where one of them cannot be decoded, the draw is repeated among
   * those that can.
   *
   * @param draw given a number of views, indices into them
   * @throws IllegalArgumentException where no view can be decoded
   */
  List<GrayImage> draw(IntFunction<int[]> draw) {
    Optional<List<GrayImage>> drawn = drawn(draw);
    if (drawn.isPresent()) {
      return drawn.get();
    }
    List<GrayImage> readable = slots.stream().flatMap(slot -> slot.image().stream()).toList();
    return Arrays.stream(draw.apply(readable.size())).mapToObj(readable::get).toList();
  }

  /** Empty where one of them cannot be decoded. */
  private Optional<List<GrayImage>> drawn(IntFunction<int[]> draw) {
    List<Optional<GrayImage>> images =
        Arrays.stream(draw.apply(slots.size())).mapToObj(slots::get).map(Slot::image).toList();
    return images.stream().allMatch(Optional::isPresent)
        ? Optional.of(images.stream().flatMap(Optional::stream).toList())
        : Optional.empty();
  }

  /** Those that have been decoded so far. */
  public List<GrayImage> shown() {
    return slots.stream().flatMap(Slot::shown).toList();
  }

  /** Encoded until it is first asked for. */
  private static final class Slot {

    private Supplier<Optional<GrayImage>> decoding;
    private Optional<GrayImage> image = Optional.empty();

    Slot(Supplier<Optional<GrayImage>> decoding) {
      this.decoding = Objects.requireNonNull(decoding);
    }

    synchronized Optional<GrayImage> image() {
      if (decoding != null) {
        image = decoding.get();
        decoding = null;
      }
      return image;
    }

    synchronized Stream<GrayImage> shown() {
      return image.stream();
    }
  }
}
