package io.radstream.trainer.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Alarm;
import io.radstream.trainer.augment.DecodedViews;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.ReportTokens;
import io.radstream.trainer.config.Drift;
import io.radstream.trainer.feed.Draft;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.tuples.TupleRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of 10 made-up studies of one hospital, and from some step on of another. */
class DriftWatchTest {

  private static final Drift DRIFT = new Drift(100, 500, 6);
  private static final int BATCH = 10;
  private static final int SHIFT = 60;

  /** How the other hospital differs; 1, 0, ... where it does not. */
  private record Hospital(
      double length, int firstToken, int moreViews, int brighter, double contrast, double loss) {

    private static final Hospital USUAL = new Hospital(1, 0, 0, 0, 1, 3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldNotAlarmWhereNothingChanges(long seed) {
    assertThat(alarms(seed, 300, Hospital.USUAL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "report_length, 1.4, 0, 0, 0, 1, 3",
    "token_surprise, 1, 20, 0, 0, 1, 3",
    "views, 1, 0, 1, 0, 1, 3",
    "brightness, 1, 0, 0, 12, 1, 3",
    "contrast, 1, 0, 0, 0, 1.5, 3",
    "loss, 1, 0, 0, 0, 1, 5"
  })
  void shouldNameTheStatisticThatShifts(
      String statistic,
      double length,
      int firstToken,
      int moreViews,
      int brighter,
      double contrast,
      double loss) {
    Hospital other = new Hospital(length, firstToken, moreViews, brighter, contrast, loss);

    List<Alarm> alarms = alarms(9, SHIFT + 12, other);

    assertThat(alarms).extracting(Alarm::getStatistic).containsExactly(statistic);
    Alarm alarm = alarms.get(0);
    assertThat(alarm.getSource())
        .isEqualTo(statistic.equals("loss") ? DriftWatch.ALL_SOURCES : "own");
    assertThat(alarm.getScore()).isGreaterThanOrEqualTo(alarm.getThreshold());
    assertThat(alarm.getThreshold()).isEqualTo(6);
    assertThat(alarm.getValue()).isGreaterThan(alarm.getReference());
  }

  @Test
  void shouldTakeWhatStaysForUsualAndNoticeTheWayBack() {
    DriftWatch watch = new DriftWatch(DRIFT, BATCH);
    Hospital bright = new Hospital(1, 0, 0, 40, 1, 3);
    List<Alarm> alarms = new ArrayList<>();
    for (int step = 0; step < 500; step++) {
      Hospital now = step < 60 || step >= 300 ? Hospital.USUAL : bright;
      alarms.addAll(watch.see(draft(3, step, now), 3));
    }

    assertThat(alarms).extracting(Alarm::getStatistic).containsExactly("brightness", "brightness");
    assertThat(alarms.get(0).getValue()).isGreaterThan(alarms.get(0).getReference());
    assertThat(alarms.get(1).getValue()).isLessThan(alarms.get(1).getReference());
  }

  @Test
  void shouldNotAlarmForOneStudyThatIsOtherThanAll() {
    WatchedStatistic views = new WatchedStatistic("views", "own", DRIFT, false);

    long alarms =
        IntStream.range(0, 1000).filter(i -> views.see(i == 500 ? 3 : 1).isPresent()).count();

    assertThat(alarms).isZero();
  }

  @Test
  void shouldWatchEachSourceByItself() {
    DriftWatch watch = new DriftWatch(DRIFT, BATCH);
    List<Alarm> alarms = new ArrayList<>();
    for (int step = 0; step < 100; step++) {
      alarms.addAll(watch.see(draft(3, step, Hospital.USUAL), 3));
      Hospital south = new Hospital(1, 0, 1, 40, 1, 3);
      alarms.addAll(watch.see(of("south", draft(4, step, south)), 3));
    }

    assertThat(alarms).isEmpty();
  }

  @Test
  void shouldNotAlarmWhileTheLossFalls() {
    DriftWatch watch = new DriftWatch(DRIFT, BATCH);
    List<Alarm> alarms = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      alarms.addAll(watch.see(draft(3, step, Hospital.USUAL), 10 * Math.exp(-step / 40.0)));
    }

    assertThat(alarms).isEmpty();
  }

  @Test
  void shouldNotTakeNoReportForAShortOne() {
    Hospital unreported = new Hospital(0, 0, 0, 0, 1, 3);

    assertThat(alarms(5, SHIFT + 100, unreported)).isEmpty();
  }

  @Test
  void shouldNotWatchWhatIsReplayed() {
    DriftWatch watch = new DriftWatch(DRIFT, BATCH);
    List<Alarm> alarms = new ArrayList<>();
    for (int step = 0; step < 200; step++) {
      Draft draft = draft(3, step, step < 100 ? Hospital.USUAL : new Hospital(2, 9, 1, 40, 1, 9));
      int arrived = step < 100 ? BATCH : 0;
      alarms.addAll(
          watch.see(
              new Draft(draft.reads(), draft.studies(), arrived, List.of(), List.of(), 0),
              step < 100 ? 3 : 9));
    }

    assertThat(alarms).isEmpty();
  }

  private static List<Alarm> alarms(long seed, int steps, Hospital afterwards) {
    DriftWatch watch = new DriftWatch(DRIFT, BATCH);
    List<Alarm> alarms = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      Hospital now = step < SHIFT ? Hospital.USUAL : afterwards;
      double noise = CounterRandom.of(seed, "loss", step).nextDouble();
      List<Alarm> raised = watch.see(draft(seed, step, now), now.loss() + noise);
      assertThat(raised.isEmpty() || step >= SHIFT).isTrue();
      alarms.addAll(raised);
    }
    return alarms;
  }

  private static Draft of(String source, Draft draft) {
    List<Read> reads =
        draft.reads().stream()
            .map(read -> new Read(source, read.ref(), read.rank(), read.draw()))
            .toList();
    return new Draft(reads, draft.studies(), BATCH, List.of(), List.of(), 0);
  }

  private static Draft draft(long seed, int step, Hospital hospital) {
    List<Read> reads = new ArrayList<>();
    List<PreparedStudy> studies = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      reads.add(new Read("own", new TupleRef(0, step * BATCH + i), step * BATCH + i, 0));
      studies.add(study(CounterRandom.of(seed, "study", step, i), hospital));
    }
    return new Draft(reads, studies, BATCH, List.of(), List.of(), 0);
  }

  private static PreparedStudy study(CounterRandom random, Hospital hospital) {
    int[] tokens = new int[(int) (hospital.length() * (20 + random.nextInt(30)))];
    for (int i = 0; i < tokens.length; i++) {
      // Small numbers are frequent, as words are.
      tokens[i] = hospital.firstToken() + (int) (50 * random.nextDouble() * random.nextDouble());
    }
    List<GrayImage> views = new ArrayList<>();
    for (int view = 0; view < 1 + random.nextInt(3) + hospital.moreViews(); view++) {
      views.add(image(random, hospital));
    }
    return new PreparedStudy(
        "study",
        1,
        DecodedViews.of(views.toArray(GrayImage[]::new)),
        ReportTokens.shared(tokens),
        Optional.empty());
  }

  private static GrayImage image(CounterRandom random, Hospital hospital) {
    double middle = 100 + 20 * random.nextDouble() + hospital.brighter();
    byte[] pixels = new byte[64];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (middle + hospital.contrast() * 60 * (random.nextDouble() - 0.5));
    }
    return new GrayImage(8, 8, pixels);
  }
}
