package io.radstream.deidentification.pixels;

import io.radstream.radiology.image.GrayImage;
import java.util.ArrayList;
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
    /** Where the text stands it is made black; where the place is not known it is refused. */
    BLANK,
    /** It goes out as it is. */
    KEEP
  }

  /**
   * @param image what may go out
   * @param blanked how many places of it were made black
   * @param refusal why it may not go out; says nothing of its content
   */
  public record Judged(GrayImage image, int blanked, Optional<String> refusal) {}

  /** Documents, videos and drawings are no radiographs. */
  private static final Set<String> NEVER = Set.of("SD", "DV", "DRW");

  /** Scanned films and captured screens carry names more often than not. */
  private static final Set<String> ONLY_IF_DECLARED_CLEAN = Set.of("DF", "SI", "WSD");

  private final Treatment treatment;
  private final DeviceRegions devices = DeviceRegions.read();
  private final BurnedInText detector = new BurnedInText();

  public PictureGuard(Treatment treatment) {
    this.treatment = treatment;
  }

  /** A picture in its original size. */
  public Judged judge(Origin origin, GrayImage image) {
    if (treatment == Treatment.KEEP) {
      return new Judged(image, 0, Optional.empty());
    }
    Optional<String> declared = declared(origin);
    if (declared.isPresent()) {
      return new Judged(image, 0, declared);
    }
    List<Region> text = new ArrayList<>(devices.of(origin, image.width(), image.height()));
    text.addAll(detector.find(image));
    boolean said = is(origin.burnedInAnnotation(), "YES");
    if (text.isEmpty()) {
      return new Judged(
          image,
          0,
          said ? Optional.of("its header says that text is burned in") : Optional.empty());
    }
    if (treatment == Treatment.REFUSE) {
      return new Judged(image, 0, Optional.of("text is burned in at its margin"));
    }
    return new Judged(Blanking.of(image, text), text.size(), Optional.empty());
  }

  private static Optional<String> declared(Origin origin) {
    String conversion = origin.conversionType().strip().toUpperCase(Locale.ROOT);
    boolean clean = is(origin.burnedInAnnotation(), "NO");
    if (NEVER.contains(conversion) || (ONLY_IF_DECLARED_CLEAN.contains(conversion) && !clean)) {
      return Optional.of("it is a secondary capture that may show a name");
    }
    return is(origin.recognizableFeatures(), "YES")
        ? Optional.of("its header says that the face can be recognised")
        : Optional.empty();
  }

  private static boolean is(String value, String wanted) {
    return value.strip().equalsIgnoreCase(wanted);
  }
}
