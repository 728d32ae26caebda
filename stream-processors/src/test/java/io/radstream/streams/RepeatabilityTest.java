package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatabilityTest {

  private static final int RECORDS = 120;

  @TempDir private Path first;
  @TempDir private Path second;
  @TempDir private Path third;

  @ParameterizedTest
  @ValueSource(ints = {0, 3000})
  void shouldWriteTheSameBytesInTheSameOrderAgain(int settleMillis) {
    StageConfig config = config(settleMillis);

    List<String> once = run(config, first, Duration.ZERO);
    List<String> again = run(config, second, Duration.ZERO);

    assertThat(again).isEqualTo(once);
    assertThat(once).hasSizeGreaterThan(30);
    assertThat(once).anyMatch(out -> out.startsWith("TUPLES_VALIDATION"));
    assertThat(once).anyMatch(out -> out.startsWith("STUDIES_REJECTED"));
  }

  @Test
  void shouldWriteTheSameBytesAgainWithTwoTokenizers() {
    StageConfig one = config(3000);
    StageConfig two =
        new StageConfig(
            new ReportTokenizers(StageDriver.TOKENIZER, StageDriver.ENCODER_TOKENIZER),
            one.maxTokens(),
            one.viewCap(),
            one.settle(),
            one.deadline(),
            one.keep(),
            one.validationShare(),
            one.testShare(),
            one.seed(),
            one.reports(),
            one.views());

    List<String> once = run(two, first, Duration.ZERO);
    List<String> again = run(two, second, Duration.ZERO);

    assertThat(again).isEqualTo(once);
  }

  /** A live topic falls silent now and then; its replay does not. */
  @ParameterizedTest
  @ValueSource(ints = {0, 500, 3000})
  void shouldWriteInAReplayWhatItWroteLive(int settleMillis) {
    StageConfig config = config(settleMillis);

    List<String> live = run(config, first, Duration.ofSeconds(30));
    List<String> replay = run(config, second, Duration.ZERO);

    assertThat(live).isEqualTo(replay);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3000})
  void shouldWriteInAReplayWhatItWroteLiveWithoutReports(int settleMillis) {
    StageConfig config = config(settleMillis).withReports(StageConfig.Reports.OPTIONAL);

    List<String> live = run(config, first, Duration.ofSeconds(30));
    List<String> replay = run(config, second, Duration.ZERO);

    assertThat(live).isEqualTo(replay);
    assertThat(live).isNotEqualTo(run(config(settleMillis), third, Duration.ZERO));
  }

  /** Studies that come in any order, twice, amended, corrected, of patients that are merged. */
  @Test
  void shouldWriteTheSameOfCorrectedStudiesWhateverIsInMemory() {
    StageConfig config = config(3000).withKeep(Duration.ofMinutes(10));

    List<String> held = corrected(config, first, Long.MAX_VALUE, Duration.ZERO);
    List<String> readAgain = corrected(config, second, 0, Duration.ofSeconds(30));

    assertThat(readAgain).isEqualTo(held);
    assertThat(held).hasSizeGreaterThan(500);
  }

  private static List<String> corrected(
      StageConfig config, Path stateDir, long cacheBytes, Duration pause) {
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, config, stateDir, cacheBytes)) {
      CounterRandom random = CounterRandom.of(3, "corrections");
      double time = 0;
      for (int i = 0; i < 1200; i++) {
        time += random.nextDouble();
        stage.publish(correctedPart(random, i), time - 3 * random.nextDouble());
        if (i % 50 == 49) {
          stage.silence(pause);
          time += 30;
        }
      }
      stage.publish(Studies.whole("last", 1), time + 4000);
      return stage.everything();
    }
  }

  private static Study correctedPart(CounterRandom random, int number) {
    String id = "s" + (number / 5 + random.nextInt(60));
    String patient = "patient of " + id;
    String report = "Report number %d of the study.".formatted(random.nextInt(5));
    String reportId = "report " + random.nextInt(3);
    return switch (random.nextInt(13)) {
      case 0 -> Studies.merge("patient of s" + random.nextInt(300), patient + " " + id);
      case 1 -> Studies.merge("patient of s" + (number / 5), patient);
      case 2 -> Studies.retraction(id, patient, random.nextBoolean(), 1, 2, 3);
      case 7 -> Studies.reportsRetracted(id, patient, reportId);
      case 8 -> Studies.study(id, "patient of s" + random.nextInt(300), null, 7);
      case 9 -> Studies.study(id, patient + " " + id, Studies.report(report, reportId, 2));
      case 3, 4 -> Studies.reportOf(id, Studies.finalReport(report));
      case 5 -> Studies.reportOf(id, Studies.report(report, ReportStatus.AMENDED, 2));
      case 6 -> Studies.reportOf(id, Studies.report(report, ReportStatus.ADDENDUM, 3));
      default -> Studies.viewsOf(id, random.nextInt(6), random.nextInt(6));
    };
  }

  private static StageConfig config(int settleMillis) {
    return CONFIG
        .withValidationShare(0.2)
        .withSettle(Duration.ofMillis(settleMillis))
        .withDeadline(Duration.ofSeconds(10));
  }

  /**
   * @param pause of silence after every 20th record, in stream time and on the wall clock; a replay
   *     sees it in stream time only
   */
  private static List<String> run(StageConfig config, Path stateDir, Duration pause) {
    try (StageDriver stage = new StageDriver(config, stateDir)) {
      CounterRandom random = CounterRandom.of(1, "script");
      double time = 0;
      for (int i = 0; i < RECORDS; i++) {
        time += random.nextDouble();
        if (i % 50 == 0) {
          stage.publish("garbage", ("no Avro " + i).getBytes(StandardCharsets.UTF_8), time);
        }
        stage.publish(part(random), time);
        if (i % 20 == 19) {
          stage.silence(pause);
          time += 30;
        }
      }
      stage.publish(Studies.whole("last", 1), time + 4000);
      return stage.everything();
    }
  }

  private static Study part(CounterRandom random) {
    String id = "s" + random.nextInt(30);
    return switch (random.nextInt(4)) {
      case 0 -> Studies.whole(id, random.nextInt(100));
      case 1 -> Studies.viewsOf(id, random.nextInt(100), random.nextInt(100));
      case 2 ->
          Studies.reportOf(
              id,
              Studies.report(
                  "Report number %d of the study.".formatted(random.nextInt(5)),
                  ReportStatus.AMENDED,
                  random.nextInt(3)));
      default -> Studies.reportOf(id, Studies.finalReport("HISTORY: none"));
    };
  }
}
