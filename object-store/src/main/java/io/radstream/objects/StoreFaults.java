package io.radstream.objects;

import io.radstream.objects.ObjectStoreException.Kind;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What to do about an error of a store. Its messages hold no credentials, nor an answer's body. */
final class StoreFaults {

  private static final int SERVER_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int FORBIDDEN = 403;
  private static final String WHOSE_KEYS = "AWS_ACCESS_KEY_ID or the profile";

  private static final Map<String, String> HINTS =
      Map.ofEntries(
          Map.entry("NoSuchBucket", "there is no such bucket; make it, or correct the address"),
          Map.entry("AccessDenied", "these credentials may not do it; see the bucket's policy"),
          Map.entry("InvalidObjectState", "it is archived; have the store restore it"),
          Map.entry("InvalidAccessKeyId", "the store does not know the key; see " + WHOSE_KEYS),
          Map.entry("SignatureDoesNotMatch", "the secret is not the key's; see " + WHOSE_KEYS),
          Map.entry("ExpiredToken", "the credentials have expired; renew them"),
          Map.entry("RequestTimeTooSkewed", "this machine's clock is wrong; set it"),
          Map.entry(
              "AuthorizationHeaderMalformed", "the bucket is in another region; see AWS_REGION"),
          Map.entry("PermanentRedirect", "the bucket is in another region; see AWS_REGION"),
          Map.entry("InvalidLocationConstraint", "the bucket is in another region; see AWS_REGION"),
          Map.entry("QuotaExceeded", "the store is full"),
          Map.entry("NotImplemented", "the store has no conditional writes, which are needed"));

  private StoreFaults() {}

  /**
   * @param what was to be done, as {@code read s3://bucket/key}
   */
  static ObjectStoreException of(String what, SdkException cause) {
    return new ObjectStoreException(
        kind(cause), "cannot %s: %s".formatted(what, reason(cause)), cause);
  }

  private static Kind kind(SdkException cause) {
    if (cause instanceof S3Exception answer) {
      boolean later = answer.isThrottlingException() || answer.statusCode() >= SERVER_ERROR;
      return later && !isUnable(answer) ? Kind.AWAY : refusal(answer);
    }
    return lacksCredentials(cause) || cause instanceof AbortedException ? Kind.REFUSED : Kind.AWAY;
  }

  private static Kind refusal(S3Exception answer) {
    String code = code(answer);
    if ("InvalidObjectState".equals(code)) {
      return Kind.WITHHELD;
    }
    boolean isOfRights =
        code == null ? answer.statusCode() == FORBIDDEN : code.equals("AccessDenied");
    return isOfRights || isOfKey(code) ? Kind.FORBIDDEN : Kind.REFUSED;
  }

  /** Each object may be encrypted with a key of its own. */
  private static boolean isOfKey(String code) {
    return code != null && code.startsWith("KMS.");
  }

  /** Null where the store said none. */
  private static String code(S3Exception answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null ? null : details.errorCode();
  }

  /** A store without conditional writes has none tomorrow either. */
  private static boolean isUnable(S3Exception answer) {
    return answer.statusCode() == NOT_IMPLEMENTED;
  }

  private static boolean lacksCredentials(SdkException cause) {
    return String.valueOf(cause.getMessage()).contains("Unable to load credentials");
  }

  private static String reason(SdkException cause) {
    if (cause instanceof S3Exception answer) {
      return answered(answer);
    }
    if (cause instanceof ApiCallAttemptTimeoutException) {
      return "the store does not answer in time; see AWS_ENDPOINT_URL_S3";
    }
    String message = String.valueOf(cause.getMessage());
    if (lacksCredentials(cause)) {
      return "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE,"
          + " or AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN";
    }
    if (cause instanceof SdkClientException && cause.getCause() != null) {
      return "the store does not answer (%s); see AWS_ENDPOINT_URL_S3 and AWS_CA_BUNDLE"
          .formatted(cause.getCause());
    }
    return message;
  }

  private static String answered(S3Exception answer) {
    String code = code(answer);
    String hint = code == null ? null : HINTS.get(code);
    if (hint == null && isOfKey(code)) {
      hint = "the key that it is encrypted with cannot be used";
    }
    if (hint == null && answer.statusCode() == FORBIDDEN) {
      hint = HINTS.get("AccessDenied");
    }
    if (hint == null && (answer.statusCode() == 301 || answer.statusCode() == 307)) {
      hint = HINTS.get("PermanentRedirect");
    }
    String name = code == null ? "HTTP " + answer.statusCode() : code;
    return hint == null ? name : "%s (%s)".formatted(hint, name);
  }
}
