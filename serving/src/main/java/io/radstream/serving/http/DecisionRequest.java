package io.radstream.serving.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.schemas.DecisionVerdict;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;

/**
 * What a person says along with a verdict.
 *
 * @param share for a canary
 * @param checkpoint for a roll-back: the one that is to be live still; empty for whichever is
 */
record DecisionRequest(Optional<Double> share, Optional<String> checkpoint, String reason) {

  private static final int LONGEST_REASON = 1_000;
  private static final int LONGEST_BODY = 16 << 10;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private record Body(Double share, String checkpoint, String reason) {}

  static DecisionRequest of(RoutingContext context, DecisionVerdict verdict) {
    Body body = parse(context.body().buffer());
    String reason = body.reason() == null ? "asked for by hand" : body.reason().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw bad("bad_reason", "reason has 1 to %d characters".formatted(LONGEST_REASON));
    }
    boolean isCanary = verdict == DecisionVerdict.CANARY;
    if (isCanary && !(body.share() != null && body.share() > 0 && body.share() <= 1)) {
      throw bad(
          "bad_share",
          "a canary needs the share of the studies that it answers for, above 0 and at most 1:"
              + " {\"share\":0.1}");
    }
    return new DecisionRequest(
        isCanary ? Optional.of(body.share()) : Optional.empty(),
        verdict == DecisionVerdict.ROLLBACK
            ? Optional.ofNullable(body.checkpoint())
            : Optional.empty(),
        reason);
  }

  private static Body parse(Buffer body) {
    if (body == null || body.length() == 0) {
      return new Body(null, null, null);
    }
    if (body.length() > LONGEST_BODY) {
      throw bad("bad_json", "the body has more than %d bytes".formatted(LONGEST_BODY));
    }
    try {
      Body read = JSON.readValue(body.getBytes(), Body.class);
      return read == null ? new Body(null, null, null) : read;
    } catch (IOException e) {
      // Of bytes that are no text Jackson says so in the JDK's words.
      throw bad("bad_json", "the body is to be {\"reason\":\"...\",\"share\":0.1}, both optional");
    }
  }

  private static ProblemException bad(String code, String detail) {
    return new ProblemException(Problem.badRequest(code, detail));
  }
}
