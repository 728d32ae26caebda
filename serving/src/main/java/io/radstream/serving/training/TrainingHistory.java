package io.radstream.serving.training;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.TrainingMetric;
import io.radstream.schemas.log.TopicFollower;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The course of the run that reported last, in bounded memory: a long run keeps its whole course at
 * half the resolution, then a quarter, and so on. Thread-safe.
 */
public final class TrainingHistory implements TopicFollower.Listener<TrainingMetric> {

  /** Told of what is new. */
  public interface Observer {

    /** The whole course is another than before. */
    void restarted(TrainingCurve curve);

    /** New points of the same run. */
    void grew(List<TrainingPoint> points);

    /** New alarms of the same run; all that are shown now, the newest first. */
    void alarmed(List<TrainingAlarm> alarms);
  }

  static final int MOST_POINTS = 2000;

  private static final int MOST_VALUES = 64;
  private static final String VALIDATION = "validation_loss";

  private final Optional<String> line;
  private final Observer observer;
  private final TreeMap<Long, Map<String, Double>> points = new TreeMap<>();
  private final RecentAlarms alarms;
  private final TrainingMeters shown;
  private String runId = "";
  private String runLine = "";
  private boolean followed;

  /**
   * @param line the only model line to show, or empty for every
   */
  public TrainingHistory(Optional<String> line, Observer observer, MeterRegistry meters) {
    this.line = line;
    this.observer = observer;
    this.alarms = new RecentAlarms(meters);
    this.shown = new TrainingMeters(meters);
  }

  @Override
  public void accept(List<TrainingMetric> metrics, boolean caughtUp) {
    List<TrainingPoint> grown = new ArrayList<>();
    boolean restarted;
    boolean alarmed = false;
    synchronized (this) {
      boolean news = followed;
      restarted = caughtUp && !followed;
      followed |= caughtUp;
      for (TrainingMetric metric : metrics) {
        if (line.isEmpty() || line.get().equals(metric.getLine())) {
          restarted |= beginIfNew(metric);
          grown.add(add(metric));
          shown.take(metric);
          alarmed |= alarms.add(metric, news);
        }
      }
    }
    if (caughtUp && restarted) {
      observer.restarted(curve());
    } else if (caughtUp && !grown.isEmpty()) {
      observer.grew(grown);
      if (alarmed) {
        observer.alarmed(curve().alarms());
      }
    }
  }

  /** What is known of the run that reported last. */
  public synchronized TrainingCurve curve() {
    List<TrainingPoint> course = new ArrayList<>(points.size());
    points.forEach((step, values) -> course.add(new TrainingPoint(step, Map.copyOf(values))));
    return new TrainingCurve(runId, runLine, course, alarms.newestFirst());
  }

  private boolean beginIfNew(TrainingMetric metric) {
    if (metric.getRunId().equals(runId)) {
      return false;
    }
    runId = metric.getRunId();
    runLine = metric.getLine();
    points.clear();
    alarms.clear();
    shown.restart();
    return true;
  }

  private TrainingPoint add(TrainingMetric metric) {
    Map<String, Double> values = points.computeIfAbsent(metric.getStep(), step -> new HashMap<>());
    metric
        .getValues()
        .forEach(
            (name, value) -> {
              if (Double.isFinite(value) && values.size() < MOST_VALUES) {
                values.put(name, value);
              }
            });
    TrainingPoint point = new TrainingPoint(metric.getStep(), Map.copyOf(values));
    thin();
    return point;
  }

  /** Validations are rarer and say more, so that they are thinned last. */
  private void thin() {
    if (points.size() > MOST_POINTS) {
      dropEverySecond(false);
    }
    if (points.size() > MOST_POINTS) {
      dropEverySecond(true);
    }
  }

  private void dropEverySecond(boolean validations) {
    boolean[] drop = {true};
    points
        .values()
        .removeIf(
            values -> {
              if (values.containsKey(VALIDATION) != validations) {
                return false;
              }
              drop[0] = !drop[0];
              return drop[0];
            });
  }
}
