package io.radstream.producers.publish;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Counts acknowledgements as the producer's thread reports them. Thread-safe. */
final class Deliveries {

  private long sent;
  private long bytes;
  private long failed;
  private boolean hopeless;
  private final Set<String> failures = new LinkedHashSet<>();

  synchronized void succeeded(int size) {
    sent++;
    bytes += size;
  }

  synchronized void failed(Exception exception) {
    failed++;
    hopeless |= concernsAll(exception);
    if (failures.size() < PublishSummary.EXAMPLES) {
      failures.add(explain(exception));
    }
  }

  /** The producer has retried for minutes already, so the next record would fare no better. */
  static boolean concernsAll(Exception exception) {
    return exception instanceof TimeoutException
        || exception instanceof AuthenticationException
        || exception instanceof AuthorizationException
        || !(exception instanceof ApiException);
  }

  static String explain(Exception exception) {
    return exception.getClass().getSimpleName() + ": " + exception.getMessage();
  }

  synchronized boolean hopeless() {
    return hopeless;
  }

  synchronized long sent() {
    return sent;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long failed() {
    return failed;
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }
}
