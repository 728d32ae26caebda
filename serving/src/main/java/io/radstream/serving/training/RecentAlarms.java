package io.radstream.serving.training;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.Alarm;
import io.radstream.schemas.TrainingMetric;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last alarms of a run. Not thread-safe. */
final class RecentAlarms {

  static final int MOST = 10;

  private static final List<String> STATISTICS =
      List.of("report_length", "token_surprise", "views", "brightness", "contrast", "loss");

  private final Deque<TrainingAlarm> newestFirst = new ArrayDeque<>();
  private final MeterRegistry meters;

  RecentAlarms(MeterRegistry meters) {
    this.meters = meters;
    // From the start, so that the first alarm is an increase.
    STATISTICS.forEach(this::counter);
  }

  List<TrainingAlarm> newestFirst() {
    return List.copyOf(newestFirst);
  }

  void clear() {
    newestFirst.clear();
  }

  /**
   * @param news whether to count; the past has been counted before this service started
   * @return whether there was any alarm to show
   */
  boolean add(TrainingMetric metric, boolean news) {
    boolean shown = false;
    for (Alarm raised : metric.getAlarms()) {
      if (news) {
        counter(raised.getStatistic()).increment();
      }
      TrainingAlarm alarm = TrainingAlarm.of(metric, raised);
      if (alarm.isFinite()) {
        newestFirst.removeIf(alarm::isOfTheSame);
        newestFirst.addFirst(alarm);
        shown = true;
      }
    }
    while (newestFirst.size() > MOST) {
      newestFirst.removeLast();
    }
    return shown;
  }

  private Counter counter(String statistic) {
    return Counter.builder("radstream.drift.alarms")
        .description("Times that a run noticed its incoming studies to differ from those before")
        .tag("statistic", statistic)
        .register(meters);
  }
}
