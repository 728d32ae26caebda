package io.radstream.producers.fhir;

import io.radstream.producers.asking.RetryAfter;
import io.radstream.producers.fhir.FhirException.Kind;
import java.net.http.HttpHeaders;
import java.time.Instant;

/** What an answer without what was asked for means. */
final class StatusCodes {

  private StatusCodes() {}

  /**
   * @param status of HTTP, not one of success
   */
  static FhirException failure(int status, HttpHeaders headers, Instant now) {
    return switch (status) {
      case 404, 410 ->
          new FhirException(
              Kind.GONE,
              "the server does not have what it is asked for (HTTP %d)".formatted(status));
      case 400, 405, 422, 501 ->
          new FhirException(
              Kind.REFUSED,
              "the server refuses the request (HTTP %d); is --query right?".formatted(status));
      case 401, 407 ->
          new FhirException(
              Kind.CREDENTIALS,
              ("the server does not take the credentials (HTTP %d): name a user with --user and"
                      + " --password-file, or a token that holds with --token-file")
                  .formatted(status));
      case 403 ->
          new FhirException(
              Kind.FORBIDDEN,
              "the server forbids it (HTTP 403): the user of --user, or of the token in"
                  + " --token-file, lacks the right to search DiagnosticReport, or to read"
                  + " what reports refer to");
      case 429, 503 ->
          FhirException.busy(
              "the server is busy (HTTP %d)".formatted(status), RetryAfter.of(headers, now));
      case 502, 504 ->
          FhirException.passing(
              Kind.UNAVAILABLE,
              "what stands before the server cannot reach it (HTTP %d)".formatted(status));
      case 301, 302, 303, 307, 308 ->
          new FhirException(
              Kind.BAD_ANSWER,
              ("the server redirects (HTTP %d), which is not followed: give --url the address it"
                      + " redirects to")
                  .formatted(status));
      default ->
          status >= 500
              ? FhirException.passing(
                  Kind.BAD_ANSWER, "the server fails (HTTP %d)".formatted(status))
              : new FhirException(
                  Kind.BAD_ANSWER, "the server refuses the request (HTTP %d)".formatted(status));
    };
  }
}
