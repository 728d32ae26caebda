package io.radstream.serving.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a client will wait: the header {@code timeout}, in seconds or as {@code 500ms}. */
final class RequestTimeout {

  static final String HEADER = "timeout";

  private static final Pattern SHAPE = Pattern.compile("0{0,8}([1-9]\\d{0,8})(ms|s|)");

  private RequestTimeout() {}

  /** Counted from the arrival of the request; empty where it will wait as long as it takes. */
  static Optional<Duration> of(HttpServerRequest request) {
    String given = request.getHeader(HEADER);
    if (given == null) {
      return Optional.empty();
    }
    Matcher matcher = SHAPE.matcher(given.strip());
    if (!matcher.matches()) {
      throw new ProblemException(
          Problem.badRequest(
              "bad_timeout",
              "the header timeout is a whole number of seconds above 0, or of milliseconds as"
                  + " 500ms"));
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        matcher.group(2).equals("ms") ? Duration.ofMillis(amount) : Duration.ofSeconds(amount));
  }
}
