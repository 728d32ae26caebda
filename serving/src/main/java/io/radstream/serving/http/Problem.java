package io.radstream.serving.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An error as the client sees it (RFC 9457).
 *
 * @param status HTTP status
 * @param code stable name for programs
 * @param detail what is wrong and what to do, for people; never holds patient data
 * @param retryAfter when to try again, where that helps
 */
@JsonPropertyOrder({"type", "title", "status", "code", "detail", "retryAfterSeconds"})
record Problem(int status, String code, String detail, @JsonIgnore Optional<Duration> retryAfter) {

  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, Optional.empty());
  }

  static Problem badRequest(String code, String detail) {
    return of(HttpResponseStatus.BAD_REQUEST.code(), code, detail);
  }

  static Problem noImage() {
    return badRequest(
        "no_image",
        "the request holds no image; send each view of the study as a PNG or JPEG file part of"
            + " multipart/form-data, or as base64 in JSON: {\"views\":[{\"image\":\"...\"}]}");
  }

  static Problem noSuchCheckpoint() {
    return of(
        HttpResponseStatus.NOT_FOUND.code(),
        "no_such_checkpoint",
        "no checkpoint of this id was announced; /v1/models lists the newest");
  }

  static Problem notFollowing(List<String> topics) {
    return tryAgain(
        HttpResponseStatus.SERVICE_UNAVAILABLE,
        "not_following",
        "the service does not go on reading %s; its log has the reason. Mend that, and start the service again"
            .formatted(String.join(", ", topics)));
  }

  static Problem stopping() {
    return tryAgain(
        HttpResponseStatus.SERVICE_UNAVAILABLE,
        "stopping",
        "the service is stopping; ask another instance, or this one when it is back");
  }

  static Problem tryAgain(HttpResponseStatus status, String code, String detail) {
    return tryAgain(status, code, detail, Duration.ofSeconds(1));
  }

  static Problem tryAgain(
      HttpResponseStatus status, String code, String detail, Duration retryAfter) {
    return new Problem(status.code(), code, detail, Optional.of(retryAfter));
  }

  /**
   * The header {@code Retry-After} once more, for those who keep bodies only. Rounded up, since who
   * comes back too soon is turned away again.
   */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  Long retryAfterSeconds() {
    return retryAfter
        .map(wait -> Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds()))
        .orElse(null);
  }

  @JsonProperty
  String type() {
    return "about:blank";
  }

  @JsonProperty
  String title() {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
