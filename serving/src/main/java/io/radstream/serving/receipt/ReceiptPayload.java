package io.radstream.serving.receipt;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a receipt says: all of it is signed.
 *
 * @param format number of this form
 * @param time when it was given, ISO-8601, UTC
 * @param scores by finding, in the order of the answer
 */
public record ReceiptPayload(
    int format,
    String time,
    ReceiptCheckpoint checkpoint,
    ReceiptInput input,
    ReceiptSettings settings,
    ReceiptPass pass,
    Map<String, ReceiptScore> scores) {

  /** The form that is written, and the only one that is read. */
  public static final int FORMAT = 2;

  private static final int MOST_FINDINGS = 1_000;

  /**
   * @throws IllegalArgumentException where a field is missing or does not hold what it is for
   */
  public ReceiptPayload {
    Form.require(format == FORMAT, "format", Integer.toString(FORMAT));
    Form.text("time", time);
    Form.require(isInstant(time), "time", "an instant such as 2026-01-01T12:00:00Z");
    Form.present("checkpoint", checkpoint);
    Form.present("input", input);
    Form.present("settings", settings);
    Form.present("pass", pass);
    Form.map("scores", scores, MOST_FINDINGS);
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  private static boolean isInstant(String text) {
    try {
      Instant unused = Instant.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** What is signed: the canonical form of the whole payload. */
  byte[] canonical() {
    return CanonicalJson.of(this);
  }
}
