package io.radstream.producers.publish;

/**
 * Where what came is found again at the site. For the site's own eyes: may identify a patient, and
 * is never sent or logged.
 *
 * @param item a path, a message's control id, an instance's UID; may be empty
 * @param peer who sent it, as {@code CT1@10.1.2.3}; may be empty
 */
public record Origin(String item, String peer) {

  /** The source tells nothing but the item's number. */
  public static final Origin UNTOLD = new Origin("", "");

  /** Keeps what it knows to itself. */
  @Override
  public String toString() {
    return "Origin[…]";
  }
}
