package io.radstream.deidentification.pixels;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.PixelRoom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether a picture may go out: by what its header says, by what its device is known to
 * write, and by what can be seen on it. Thread-safe.
 */
public final class PictureGuard {

  /** What becomes of a picture with text. */
  public enum Treatment {
    /** It is refused. */
    REFUSE,
    /** Where text stands it is made black; where only the header tells of it, it is refused. */
    BLANK,
    /** It goes out as it is. */
    KEEP
  }

  /**
   * @param image what may go out
   * @param regions of it that were made black
   * @param refusal why it may not go out; says nothing of its content
   */
  public record Judged(GrayImage image, List<Region> regions, Optional<String> refusal) {

    public Judged {
      regions = List.copyOf(regions);
    }

    /** How many places were made black. */
    public int blanked() {
      return regions.size();
    }
  }

  /** Documents, videos and drawings are no radiographs. */
  private static final Set<String> NEVER = Set.of("SD", "DV", "DRW");

  /** Scanned films and captured screens carry names more often than not. */
  private static final Set<String> ONLY_IF_DECLARED_CLEAN = Set.of("DF", "SI", "WSD");

  /** What is looked for. */
  public enum Look {
    /** What could be read in a view that is made small. */
    FOR_SMALL_VIEWS,
    /** Also what could be read only in the picture as large as it is. */
    FOR_WHOLE_PICTURES
  }

  /** That the closer look takes for each pixel, above all to find what hangs together. */
  private static final int CLOSER_LOOK_BYTES = 10;

  private final Treatment treatment;
  private final Look look;
  private final PixelRoom closerLooks;
  private final DeviceRegions devices = DeviceRegions.read();
  private final BurnedInText detector = new BurnedInText();

  /** For views that are made small. */
  public PictureGuard(Treatment treatment) {
    this(treatment, Look.FOR_SMALL_VIEWS);
  }

  /** Closer looks at once take no more than a quarter of Java's memory, or are one. */
  public PictureGuard(Treatment treatment, Look look) {
    this(treatment, look, PixelRoom.ofMemory(CLOSER_LOOK_BYTES));
  }

  PictureGuard(Treatment treatment, Look look, PixelRoom closerLooks) {
    this.treatment = treatment;
    this.look = look;
    this.closerLooks = closerLooks;
  }

  /**
   * By what the header says and the device is known to write.
   *
   * @param image in its original size
   */
  public Judged byOrigin(Origin origin, GrayImage image) {
    if (treatment == Treatment.KEEP) {
      return passed(image);
    }
    List<Region> known = devices.of(origin, image.width(), image.height());
    Optional<String> refusal = declared(origin, !known.isEmpty());
    return refusal.isPresent() ? new Judged(image, List.of(), refusal) : treated(image, known);
  }

  /** By what can be seen on it. */
  public Judged bySight(GrayImage image) {
    return treatment == Treatment.KEEP ? passed(image) : treated(image, seen(image));
  }

  private List<Region> seen(GrayImage image) {
    return look == Look.FOR_WHOLE_PICTURES
        ? closerLooks.during(image, () -> detector.findAlsoSmall(image))
        : detector.find(image);
  }

  private Judged treated(GrayImage image, List<Region> text) {
    if (text.isEmpty()) {
      return passed(image);
    }
    return treatment == Treatment.BLANK
        ? new Judged(Blanking.of(image, text), text, Optional.empty())
        : new Judged(
            image, List.of(), Optional.of("text is burned in, or its device is known to do so"));
  }

  private static Judged passed(GrayImage image) {
    return new Judged(image, List.of(), Optional.empty());
  }

  /**
   * @param placeKnown whether it is known where the device writes
   */
  private Optional<String> declared(Origin origin, boolean placeKnown) {
    String conversion = origin.conversionType().strip().toUpperCase(Locale.ROOT);
    boolean clean = is(origin.burnedInAnnotation(), "NO");
    if (NEVER.contains(conversion) || (ONLY_IF_DECLARED_CLEAN.contains(conversion) && !clean)) {
      return Optional.of("it is a secondary capture that may show a name");
    }
    if (is(origin.recognizableFeatures(), "YES")) {
      return Optional.of("its header says that the face can be recognised");
    }
    boolean lost = treatment == Treatment.REFUSE || !placeKnown;
    return is(origin.burnedInAnnotation(), "YES") && lost
        ? Optional.of("its header says that text is burned in")
        : Optional.empty();
  }

  private static boolean is(String value, String wanted) {
    return value.strip().equalsIgnoreCase(wanted);
  }
}
