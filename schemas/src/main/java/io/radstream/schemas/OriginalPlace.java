package io.radstream.schemas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where views at full resolution lie in a store: under {@code <studyId>/<viewId>/<sha256>.png}
 * below an address of the site's choice. All of a study can so be deleted by one prefix, an object
 * is never written over by another, and a reference that strays to another study is seen as one.
 */
public final class OriginalPlace {

  /** Most bytes of one: 64 megapixels that do not compress, and room for their framing. */
  public static final long MOST_BYTES = 80L << 20;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
  private static final Pattern ADDRESS =
      Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/((?:%1$s/)*%1$s)".formatted(NAME));

  /** Longer addresses are no keys of a store. */
  private static final int LONGEST = 1200;

  private OriginalPlace() {}

  /** What the keys of all views of a study begin with. */
  public static String folder(String studyId) {
    return studyId + "/";
  }

  /**
   * The key of a view, below the address.
   *
   * @param encoding PNG or JPEG
   * @throws IllegalArgumentException for another one
   */
  public static String key(String studyId, String viewId, String sha256, PixelEncoding encoding) {
    return "%s%s/%s.%s".formatted(folder(studyId), viewId, sha256, suffix(encoding));
  }

  private static String suffix(PixelEncoding encoding) {
    return switch (encoding) {
      case PNG -> "png";
      case JPEG -> "jpg";
      case UNKNOWN -> throw new IllegalArgumentException("an original is PNG or JPEG");
    };
  }

  /**
   * What is wrong with how a view refers to its original, as far as that can be told without asking
   * the store; empty where it refers to none, or well.
   */
  public static Optional<String> fault(String studyId, View view) {
    OriginalView original = view.getOriginal();
    if (original == null) {
      return Optional.empty();
    }
    if (original.getEncoding() == PixelEncoding.UNKNOWN) {
      return Optional.of("a view's original is neither PNG nor JPEG");
    }
    if (!DIGEST.matcher(original.getSha256()).matches()) {
      return Optional.of("the sha256 of a view's original is not 64 small hexadecimal digits");
    }
    if (original.getBytes() < 1 || original.getBytes() > MOST_BYTES) {
      return Optional.of(
          "a view's original is said to have %d bytes; 1 to %d are read"
              .formatted(original.getBytes(), MOST_BYTES));
    }
    String key = key(studyId, view.getViewId(), original.getSha256(), original.getEncoding());
    return isUnder(original.getUri(), key)
        ? Optional.empty()
        : Optional.of(
            "a view's original is not at s3://BUCKET/PREFIX/<study>/<view>/<sha256>.png, or .jpg");
  }

  private static boolean isUnder(String uri, String key) {
    if (uri.length() > LONGEST) {
      return false;
    }
    Matcher address = ADDRESS.matcher(uri);
    return address.matches()
        && (address.group(1).equals(key) || address.group(1).endsWith("/" + key));
  }
}
