package io.radstream.cli.demo;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * What is trained and killed.
 *
 * @param line of its own
 * @param steps of which the last has a checkpoint
 * @param killedAt how many steps the ledger has at least when the trainer is killed, for each time
 * @param jvm options of the trainer's Java
 * @param options of the train command, beside those that say where what is
 */
public record KillPlan(
    String line, long steps, List<Long> killedAt, List<String> jvm, List<String> options) {

  private static final long FEW = 10;
  private static final long CHECKPOINT_EVERY = 4;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  /** Each trainer lives for a few steps: what the second compiler does would not pay. */
  private static final List<String> BRIEF_JVM =
      List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** A few steps, killed twice. */
  static KillPlan brief(Clock clock) {
    return new KillPlan(
        "killed-" + STAMP.format(clock.instant()),
        FEW,
        List.of(2L, 6L),
        BRIEF_JVM,
        List.of("--set=checkpoint.every=" + CHECKPOINT_EVERY, "--set=validation.every=" + FEW));
  }
}
