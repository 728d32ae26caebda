package io.radstream.streams;

import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the stage makes of studies. The same config over the same topics gives the same tuples.
 *
 * @param tokenizers turn report text into token ids; stay the caller's to close
 * @param maxTokens longest report in tokens of either tokenizer, its start and end included; the
 *     rest is cut off
 * @param viewCap most distinct views that a tuple carries, in order of arrival
 * @param settle stream time to wait after a study's last part, so that parts published one after
 *     another make one tuple; zero emits as soon as there is a view and a final report
 * @param deadline stream time after a study's first part at which a view or report that is still
 *     missing is reported as a rejection; the study still becomes a tuple when it arrives later
 * @param keep stream time after the last part during which the study's bytes are kept for a late
 *     view or an amended report
 * @param validationShare share of patients, 0 to 1, whose studies go to validation
 * @param testShare share of patients, 0 to 1 and with validation's no more than 1, whose studies no
 *     run reads
 * @param seed decides which patients those are and which views are drawn
 * @param reports whether a study becomes a tuple without a report where none has come by the
 *     deadline, or what has come has no text to learn from
 * @param views whether the views of a study are sent on by themselves, too, as soon as they come
 */
public record StageConfig(
    ReportTokenizers tokenizers,
    int maxTokens,
    int viewCap,
    Duration settle,
    Duration deadline,
    Duration keep,
    double validationShare,
    double testShare,
    long seed,
    Reports reports,
    Views views) {

  /** Whether a study needs a report. */
  public enum Reports {
    /** One without is a rejection. */
    REQUIRED,
    /** One without becomes a tuple without tokens. */
    OPTIONAL
  }

  /** What becomes of views whose study is not ready yet. */
  public enum Views {
    /** They wait for the report. */
    WAIT,
    /** They go to the topic studies.views at once, for whoever scores them, and wait as well. */
    SEND_AT_ONCE
  }

  private static final int SPECIAL_TOKENS = 2;

  public StageConfig {
    Objects.requireNonNull(tokenizers, "tokenizers");
    Objects.requireNonNull(reports, "reports");
    Objects.requireNonNull(views, "views");
    check(maxTokens > SPECIAL_TOKENS, "maxTokens", maxTokens, "3 or more");
    check(viewCap >= 1, "viewCap", viewCap, "1 or more");
    check(!settle.isNegative(), "settle", settle, "zero or more");
    check(deadline.compareTo(settle) >= 0, "deadline", deadline, "as long as settle or longer");
    check(keep.compareTo(settle) >= 0, "keep", keep, "as long as settle or longer");
    check(
        validationShare >= 0 && validationShare <= 1, "validationShare", validationShare, "0 to 1");
    check(
        testShare >= 0 && testShare + validationShare <= 1,
        "testShare",
        testShare,
        "0 or more, and 1 or less together with validationShare");
  }

  /**
   * 128 tokens, 8 views, 1 second to settle, 7 days for missing parts, 30 days for late ones, one
   * patient in ten for validation, none for test, seed 0, reports required, views not sent by
   * themselves.
   */
  public static StageConfig of(ReportTokenizers tokenizers) {
    return new StageConfig(
        tokenizers,
        128,
        8,
        Duration.ofSeconds(1),
        Duration.ofDays(7),
        Duration.ofDays(30),
        0.1,
        0,
        0,
        Reports.REQUIRED,
        Views.WAIT);
  }

  /** The same with one tokenizer for both text parts. */
  public static StageConfig of(ReportTokenizer tokenizer) {
    return of(ReportTokenizers.shared(tokenizer));
  }

  public StageConfig withMaxTokens(int maxTokens) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withViewCap(int viewCap) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withSettle(Duration settle) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withDeadline(Duration deadline) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withKeep(Duration keep) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withValidationShare(double validationShare) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withTestShare(double testShare) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withSeed(long seed) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withReports(Reports reports) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  public StageConfig withViews(Views views) {
    return new StageConfig(
        tokenizers,
        maxTokens,
        viewCap,
        settle,
        deadline,
        keep,
        validationShare,
        testShare,
        seed,
        reports,
        views);
  }

  /**
   * Topics that the stage may write. That of the test is one whatever its share: a tuple that an
   * earlier share put there is taken back there.
   */
  List<Topic> outputs() {
    List<Topic> always =
        List.of(
            Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION, Topic.TUPLES_TEST, Topic.STUDIES_REJECTED);
    return views == Views.WAIT
        ? always
        : Stream.concat(always.stream(), Stream.of(Topic.STUDIES_VIEWS)).toList();
  }

  /**
   * Those that have to be there: a stage without a test runs where nobody has created its topic.
   */
  List<Topic> requiredOutputs() {
    return outputs().stream().filter(topic -> topic != Topic.TUPLES_TEST || testShare > 0).toList();
  }

  private static void check(boolean holds, String name, Object value, String legal) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be " + legal);
    }
  }
}
