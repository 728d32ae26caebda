package io.radstream.objects;

import io.radstream.objects.UnclaimableException.Reason;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * Reads objects that records refer to, as far as they may be believed: below addresses that the
 * reader was given, no more bytes than are claimed, and only with the digest that is claimed.
 * Thread-safe; a call holds one object in memory.
 */
public final class ClaimedObjects {

  /** Two minutes, as long as a broker may be away. */
  private static final Tries TRIES = Tries.after(1, 2, 4, 8, 15, 30, 30, 30);

  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
  private static final Pattern PLAIN = Pattern.compile("%1$s(?:/%1$s)*".formatted(NAME));

  /** As S3 has it. */
  private static final int LONGEST_KEY = 1024;

  private final List<ObjectStore> stores;
  private final long most;
  private final Patience patience;

  /**
   * @param stores whose objects may be read
   * @param most bytes of an object, whatever is claimed; below 2 GiB
   */
  public static ClaimedObjects of(List<ObjectStore> stores, long most) {
    return new ClaimedObjects(stores, most, TRIES);
  }

  /**
   * @param tries where a store is away
   */
  public ClaimedObjects(List<ObjectStore> stores, long most, Tries tries) {
    this.stores = stores.stream().map(ObjectStore::triedOnce).toList();
    this.most = most;
    this.patience = new Patience(tries, System::nanoTime);
  }

  /**
   * The object, whole and as it was claimed.
   *
   * @throws UnclaimableException where it is not to be had, and will not be later
   * @throws ObjectStoreException where the store was away until the last try, or refuses not this
   *     object alone
   */
  public byte[] read(Claim claim) throws IOException {
    if (claim.bytes() < 0 || claim.bytes() > most) {
      throw new UnclaimableException(
          Reason.OTHER_CONTENT,
          "%s is said to have %d bytes; at most %d are read"
              .formatted(claim.uri(), claim.bytes(), most));
    }
    for (ObjectStore store : stores) {
      Optional<String> key = store.address().keyOf(claim.uri());
      if (key.isPresent() && isPlain(key.get())) {
        return checked(claim, found(claim, store, key.get()));
      }
    }
    throw new UnclaimableException(
        Reason.ELSEWHERE,
        "%s is not below %s"
            .formatted(claim.uri(), stores.stream().map(ObjectStore::address).toList()));
  }

  private static boolean isPlain(String key) {
    return key.length() <= LONGEST_KEY && PLAIN.matcher(key).matches();
  }

  private Optional<byte[]> found(Claim claim, ObjectStore store, String key) throws IOException {
    try {
      return patience.of(() -> store.read(key, (int) claim.bytes()));
    } catch (ObjectStoreException e) {
      if (e.isTooLarge()) {
        throw other(claim, "more than %d bytes".formatted(claim.bytes()));
      }
      if (e.isWithheld() || (e.isForbidden() && patience.of(() -> store.givesOthers(key)))) {
        throw new UnclaimableException(Reason.WITHHELD, e.getMessage());
      }
      throw e;
    }
  }

  private static byte[] checked(Claim claim, Optional<byte[]> found) throws UnclaimableException {
    byte[] content =
        found.orElseThrow(
            () -> new UnclaimableException(Reason.GONE, "there is no " + claim.uri()));
    if (content.length != claim.bytes()) {
      throw other(claim, "%d bytes and not %d".formatted(content.length, claim.bytes()));
    }
    if (!sha256(content).equals(claim.sha256())) {
      throw other(claim, "another SHA-256");
    }
    return content;
  }

  private static UnclaimableException other(Claim claim, String what) {
    return new UnclaimableException(
        Reason.OTHER_CONTENT,
        "%s has %s: it was changed since it was published".formatted(claim.uri(), what));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** That were copied from all of the stores so far. */
  public long readBytes() {
    return sum(ObjectStore::readBytes);
  }

  /** Calls that came to nothing so far. */
  public long failures() {
    return sum(ObjectStore::failures);
  }

  private long sum(ToLongFunction<ObjectStore> figure) {
    return stores.stream().mapToLong(figure).sum();
  }
}
