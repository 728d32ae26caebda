package io.radstream.producers.dicom.web;

import io.radstream.producers.asking.RetryAfter;
import io.radstream.producers.dicom.web.ArchiveException.Kind;
import java.net.http.HttpHeaders;
import java.time.Instant;

/** What an answer without what was asked for means. */
final class StatusCodes {

  private StatusCodes() {}

  /**
   * @param status of HTTP, not one of success
   */
  static ArchiveException failure(int status, HttpHeaders headers, Instant now) {
    return switch (status) {
      case 404, 410 -> new ArchiveException(Kind.GONE, "the archive does not have it");
      case 401, 407 ->
          new ArchiveException(
              Kind.CREDENTIALS,
              "the archive does not take the credentials (HTTP %d): name a user with a password, or a token"
                  .formatted(status));
      case 403 ->
          new ArchiveException(
              Kind.BAD_ANSWER,
              "the archive forbids it (HTTP 403): the user lacks the right to search or retrieve");
      case 429, 503 ->
          ArchiveException.busy(
              "the archive is busy (HTTP %d)".formatted(status), RetryAfter.of(headers, now));
      case 502, 504 ->
          ArchiveException.passing(
              Kind.UNAVAILABLE,
              "what stands before the archive cannot reach it (HTTP %d)".formatted(status),
              null);
      case 301, 302, 303, 307, 308 ->
          new ArchiveException(
              Kind.BAD_ANSWER,
              "the archive redirects (HTTP %d), which is not followed: give the address it redirects to"
                  .formatted(status));
      default ->
          status >= 500
              ? ArchiveException.passing(
                  Kind.BAD_ANSWER, "the archive fails (HTTP %d)".formatted(status), null)
              : new ArchiveException(
                  Kind.BAD_ANSWER, "the archive refuses the request (HTTP %d)".formatted(status));
    };
  }
}
