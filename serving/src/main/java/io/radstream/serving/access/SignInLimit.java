package io.radstream.serving.access;

import io.netty.util.NetUtil;
import io.radstream.radiology.Sha256;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Bounds how often one address may show keys and tokens that are not known. What was known a while
 * ago is looked up all the same, so that nobody who has signed in is kept out by others of the same
 * address. Thread-safe.
 */
public final class SignInLimit {

  /** Addresses whose failures, and shown ones whose success, are remembered; a few megabytes. */
  private static final int REMEMBERED = 10_000;

  private static final double SECONDS = 60;

  /** Who has one address of IPv6 has as many as the second half of it can tell apart. */
  private static final int NETWORK_BYTES = 8;

  private static final int LONGEST_ADDRESS = 64;

  /** Empty where any may fail as often as it likes. */
  private final Optional<TokenBuckets> failures;

  /** By hash: what opens the service is not kept. */
  private final Set<String> known =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /**
   * @param perMinute failures of one address; as many at once; 0 for no limit
   * @param nanos a clock that only goes forward
   */
  public SignInLimit(int perMinute, LongSupplier nanos) {
    this.failures =
        perMinute == 0
            ? Optional.empty()
            : Optional.of(new TokenBuckets(perMinute / SECONDS, perMinute, REMEMBERED, nanos));
  }

  /** How long an address has to wait before it may show this; empty where it need not. */
  public Optional<Duration> mustWait(String address, String shown) {
    return failures
        .flatMap(buckets -> buckets.look(network(address)))
        .filter(wait -> !known.contains(Sha256.of(shown)));
  }

  /** What was shown is not known. */
  public void failed(String address, String shown) {
    failures.ifPresent(buckets -> buckets.take(network(address)));
    known.remove(Sha256.of(shown));
  }

  /** What was shown is known. */
  public void succeeded(String shown) {
    if (failures.isPresent()) {
      known.add(Sha256.of(shown));
    }
  }

  /**
   * The address that a request comes from. A proxy on this machine says it last in {@code
   * X-Forwarded-For}, and is believed; from anywhere else anybody could say anything.
   *
   * @param peer the other end of the connection
   * @param forwarded all of the header, or null
   */
  public static String address(String peer, String forwarded) {
    if (forwarded == null || !ListenAddress.isLoopback(peer)) {
      return peer;
    }
    return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
  }

  private static String network(String address) {
    byte[] bytes =
        address.length() > LONGEST_ADDRESS
            ? null
            : NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return "none";
    }
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
  }
}
