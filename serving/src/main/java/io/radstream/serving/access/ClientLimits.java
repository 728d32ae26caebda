package io.radstream.serving.access;

/**
 * How much one client may ask. A client is who it has shown itself to be, or else its address.
 *
 * @param requestsPerSecond on average, a second's worth at once; 0 for no limit. What answers
 *     everybody is not counted
 * @param listeners to events at a time
 * @param connections of one address at a time
 * @param failedSignIns of one address in a minute: keys and tokens that are not known; 0 for no
 *     limit
 */
public record ClientLimits(
    double requestsPerSecond, int listeners, int connections, int failedSignIns) {

  private static final int FAILED_SIGN_INS = 20;

  public static final ClientLimits DEFAULT = new ClientLimits(0, 32, 1_024);

  public ClientLimits {
    if (!(requestsPerSecond >= 0) || Double.isInfinite(requestsPerSecond)) {
      throw new IllegalArgumentException(
          "requests per second are 0 (no limit) or more, not " + requestsPerSecond);
    }
    if (listeners < 1 || connections < 1) {
      throw new IllegalArgumentException("a client needs one listener and one connection at least");
    }
    if (failedSignIns < 0) {
      throw new IllegalArgumentException(
          "failed sign-ins are 0 (no limit) or more, not " + failedSignIns);
    }
  }

  /** With the usual limit on sign-ins that fail. */
  public ClientLimits(double requestsPerSecond, int listeners, int connections) {
    this(requestsPerSecond, listeners, connections, FAILED_SIGN_INS);
  }
}
