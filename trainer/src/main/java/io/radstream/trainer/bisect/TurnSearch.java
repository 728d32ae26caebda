package io.radstream.trainer.bisect;

import io.radstream.trainer.data.TrainingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Narrows down between which steps a figure turned, by as few measurements as that takes. */
final class TurnSearch {

  /**
   * Of an end, in one replay: a replay comes past them all, and taking steps again costs more than
   * measuring a few times more.
   */
  private static final int POINTS = 3;

  private final BisectRequest request;
  private final RunReplays replays;
  private final FigureMeter meter;
  private final MeasuredFigures measured;
  private final BisectListener listener;
  private final NavigableMap<Long, Double> known = new TreeMap<>();
  private final Set<String> published = new TreeSet<>();

  /**
   * @param recorded what the run itself published
   */
  TurnSearch(
      BisectRequest request,
      NavigableMap<Long, Map<String, Double>> recorded,
      RunReplays replays,
      FigureMeter meter,
      MeasuredFigures measured,
      BisectListener listener) {
    this.request = request;
    this.replays = replays;
    this.meter = meter;
    this.measured = measured;
    this.listener = listener;
    measured.byStep().forEach(this::know);
    recorded.forEach(this::know);
    recorded.values().forEach(figures -> published.addAll(figures.keySet()));
  }

  private void know(long step, Map<String, Double> figures) {
    if (step >= request.ends().good()
        && step <= request.ends().bad()
        && figures.containsKey(request.figure().name())) {
      known.put(step, figures.get(request.figure().name()));
    }
  }

  /** The figure by step between the ends, as far as it is known. */
  NavigableMap<Long, Double> known() {
    return new TreeMap<>(known);
  }

  /**
   * @throws TrainingException where the figure cannot be measured, or was not good and bad at these
   *     steps
   */
  Judge judge() throws IOException, InterruptedException {
    if (meter.isOfRuns() && !published.isEmpty()) {
      // To find it out by a replay may take hours.
      requireAmong(published);
    }
    Turn ends = request.ends();
    NavigableSet<Long> missing = new TreeSet<>(List.of(ends.good(), ends.bad()));
    missing.removeAll(known.keySet());
    if (!missing.isEmpty()) {
      measure(missing);
    }
    try {
      return request.figure().judge(known.get(ends.good()), known.get(ends.bad()));
    } catch (IllegalArgumentException e) {
      throw new TrainingException(
          "%s at steps %d and %d: %s; name other steps, or another bound"
              .formatted(request.figure().name(), ends.good(), ends.bad(), e.getMessage()),
          e);
    }
  }

  /** Until it cannot be narrowed down any more. */
  Turn turn(Judge judge) throws IOException, InterruptedException {
    Turn turn = Turn.of(known, judge);
    NavigableSet<Long> open = turn.open(known, POINTS, request.within());
    while (!open.isEmpty()) {
      measure(open);
      turn = Turn.of(known, judge);
      open = turn.open(known, POINTS, request.within());
    }
    return turn;
  }

  private void measure(NavigableSet<Long> steps) throws IOException, InterruptedException {
    replays.look(
        steps,
        steps.first(),
        List.of(),
        "to measure at %d steps".formatted(steps.size()),
        (step, network) -> {
          Map<String, Double> figures = meter.measure(step, network);
          requireAmong(figures.keySet());
          know(step, figures);
          measured.add(step, figures);
          listener.measured(step, figures.get(request.figure().name()));
        });
  }

  private void requireAmong(Set<String> names) {
    if (!names.contains(request.figure().name())) {
      throw new TrainingException(
          "there is no figure %s; there is %s"
              .formatted(request.figure().name(), new TreeSet<>(names)));
    }
  }
}
