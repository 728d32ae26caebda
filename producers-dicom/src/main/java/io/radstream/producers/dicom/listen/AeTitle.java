package io.radstream.producers.dicom.listen;

/**
 * The name of an application entity.
 *
 * @param text 1 to 16 printable characters of ASCII without backslash, no spaces around them
 */
public record AeTitle(String text) {

  private static final int LONGEST = 16;

  /**
   * @throws IllegalArgumentException where it is none
   */
  public AeTitle {
    if (!isLegal(text)) {
      throw new IllegalArgumentException(
          "an AE title has 1 to 16 printable characters of ASCII, no backslash");
    }
  }

  private static boolean isLegal(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.strip().equals(text)
        && text.chars().allMatch(c -> c >= ' ' && c < 0x7F && c != '\\');
  }

  /** What a peer calls itself, for the site's own list: a dash where it is no AE title. */
  static String printable(String title) {
    return isLegal(title) ? title : "-";
  }
}
