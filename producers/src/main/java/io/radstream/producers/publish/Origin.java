package io.radstream.producers.publish;

/**
 * Where what came is found again at the site. For the site's own eyes: may identify a patient, and
 * is never sent or logged.
 *
 * <p>What a sender made much longer than it need be is cut.
 *
 * @param item a path, a message's control id, an instance's UID; may be empty
 * @param peer who sent it, as {@code CT1@10.1.2.3}; may be empty
 */
public record Origin(String item, String peer) {

  /** The source tells nothing but the item's number. */
  public static final Origin UNTOLD = new Origin("", "");

  /** As long as a path may be. */
  private static final int LONGEST = 4096;

  public Origin {
    item = cut(item);
    peer = cut(peer);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  /** Keeps what it knows to itself. */
  @Override
  public String toString() {
    return "Origin[…]";
  }
}
