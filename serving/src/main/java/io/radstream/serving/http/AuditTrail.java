package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.radstream.serving.access.Access;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down each call that scored or changed something, or told of studies of others, or wanted
 * to: one line of JSON on the logger {@code radstream.audit}. No pixels, no name of a study,
 * nothing of a body.
 */
final class AuditTrail implements Guard {

  /** Under it, in the routing context, the id of the checkpoint that answered stands. */
  static final String CHECKPOINT = "radstream.checkpoint";

  /** Between ids where several answered. */
  static final String BETWEEN = ", ";

  private static final Logger LOG = LoggerFactory.getLogger("radstream.audit");
  private static final Set<Access> WRITTEN =
      EnumSet.of(Access.SCORE, Access.WORKLIST, Access.LABEL, Access.OPERATE);
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /** What is no plain name would be a text of the caller's own. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  /** How a call ended; {@code GONE} where its request broke off, or nobody waited. */
  private enum Outcome {
    DONE,
    REFUSED,
    FAILED,
    GONE
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  @JsonPropertyOrder({"at", "who", "address", "what", "of", "checkpoint", "outcome", "status"})
  private record Line(
      String at,
      String who,
      String address,
      String what,
      SortedMap<String, String> of,
      String checkpoint,
      String outcome,
      Integer status) {}

  private final InstantSource clock;

  AuditTrail(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Handler<RoutingContext>> before(Endpoint endpoint) {
    return WRITTEN.contains(endpoint.needs())
        ? Optional.of(context -> watch(context, endpoint))
        : Optional.empty();
  }

  private void watch(RoutingContext context, Endpoint endpoint) {
    if (LOG.isInfoEnabled()) {
      String address = Client.address(context.request().remoteAddress());
      context.addEndHandler(ended -> write(context, endpoint, address, ended));
    }
    context.next();
  }

  private void write(
      RoutingContext context, Endpoint endpoint, String address, AsyncResult<Void> ended) {
    int status = context.response().getStatusCode();
    Outcome outcome = outcome(status, ended);
    LOG.info(
        Json.text(
            new Line(
                clock.instant().toString(),
                Client.name(context).orElse(null),
                address,
                endpoint.method().name() + " " + endpoint.path(),
                named(context),
                context.get(CHECKPOINT),
                outcome.name().toLowerCase(Locale.ROOT),
                outcome == Outcome.GONE ? null : status)));
  }

  /** Which one of several the path names, as a checkpoint by its id. */
  private static SortedMap<String, String> named(RoutingContext context) {
    SortedMap<String, String> of = new TreeMap<>();
    context
        .pathParams()
        .forEach((name, value) -> of.put(name, PLAIN.matcher(value).matches() ? value : "?"));
    return of;
  }

  private static Outcome outcome(int status, AsyncResult<Void> ended) {
    if (ended.failed()) {
      return Outcome.GONE;
    }
    if (status < CLIENT_ERROR) {
      return Outcome.DONE;
    }
    return status < SERVER_ERROR ? Outcome.REFUSED : Outcome.FAILED;
  }
}
