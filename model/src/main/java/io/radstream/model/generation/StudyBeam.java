package io.radstream.model.generation;

import io.radstream.model.config.Generation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Beam search for one study. In each step the best continuations go on, as many as there are beams;
 * a report that ends among the best is finished and takes no beam. The search ends when as many
 * reports as there are beams are finished and none that goes on has a better score than they, or
 * when none that goes on could still be the best. With one beam this is greedy search.
 */
final class StudyBeam implements Course {

  /**
   * @param parent index of the report that it continues
   * @param logProbability of the longer report
   */
  private record Continuation(int parent, int token, double logProbability) {

    /** The best comes last; of equals, the first parent's lowest token. */
    static final Comparator<Continuation> ORDER =
        Comparator.comparingDouble(Continuation::logProbability)
            .thenComparing(Continuation::parent, Comparator.reverseOrder())
            .thenComparing(Continuation::token, Comparator.reverseOrder());
  }

  private final Generation options;
  private final int longest;
  private final Comparator<Hypothesis> order;
  private final List<Hypothesis> finished = new ArrayList<>();
  private List<Hypothesis> live;

  /**
   * @param longest reports are cut at so many tokens, start and end token included
   */
  StudyBeam(Generation options, int longest) {
    this.options = options;
    this.longest = longest;
    this.order = Hypothesis.byScore(options.lengthPenalty());
    this.live = List.of(Hypothesis.start(options.startToken()));
  }

  /** Best first. */
  @Override
  public List<Hypothesis> live() {
    return live;
  }

  @Override
  public GeneratedReport best() {
    Hypothesis best = finished.stream().max(order).orElseThrow();
    return new GeneratedReport(best.tokens(), best.logProbability());
  }

  @Override
  public List<Hypothesis> hopes() {
    List<Hypothesis> hopes = new ArrayList<>(live);
    finished.stream().max(order).ifPresent(hopes::add);
    return hopes;
  }

  @Override
  public List<Integer> advance(List<double[]> next) {
    List<Hypothesis> grown = new ArrayList<>();
    List<Integer> parents = new ArrayList<>();
    List<Continuation> best = best(next);
    for (int rank = 0; rank < best.size(); rank++) {
      Continuation chosen = best.get(rank);
      Hypothesis longer = live.get(chosen.parent()).with(chosen.token(), chosen.logProbability());
      boolean ends = chosen.token() == options.endToken();
      if (ends && rank < options.beams()) {
        finished.add(longer);
      } else if (!ends && grown.size() < options.beams()) {
        grown.add(longer);
        parents.add(chosen.parent());
      }
    }
    live = grown;
    return goOn() ? parents : List.of();
  }

  /**
   * Best first. Twice the beams, because at most as many of them end: enough are left to go on.
   * Reports that nothing may follow are finished as they are.
   */
  private List<Continuation> best(List<double[]> next) {
    int most = 2 * options.beams();
    PriorityQueue<Continuation> best = new PriorityQueue<>(Continuation.ORDER);
    for (int parent = 0; parent < next.size(); parent++) {
      double before = live.get(parent).logProbability();
      double[] logProbabilities = next.get(parent);
      boolean stuck = true;
      for (int token = 0; token < logProbabilities.length; token++) {
        double sum = before + logProbabilities[token];
        if (sum > Double.NEGATIVE_INFINITY) {
          stuck = false;
          // Later ones of the same probability come after those that are there.
          if (best.size() < most || sum > best.peek().logProbability()) {
            best.add(new Continuation(parent, token, sum));
          }
          if (best.size() > most) {
            best.remove();
          }
        }
      }
      if (stuck) {
        finished.add(live.get(parent));
      }
    }
    return best.stream().sorted(Continuation.ORDER.reversed()).toList();
  }

  private boolean goOn() {
    if (!live.isEmpty() && live.get(0).length() == longest) {
      finished.addAll(live);
      live = List.of();
    }
    if (isDecided()) {
      live = List.of();
    }
    return !live.isEmpty();
  }

  private boolean isDecided() {
    if (live.isEmpty() || finished.isEmpty()) {
      return false;
    }
    finished.sort(order.reversed());
    double penalty = options.lengthPenalty();
    Hypothesis ahead = live.get(0);
    // Probabilities only fall: at best nothing is lost on the way to the greatest length.
    double hope = Hypothesis.score(ahead.logProbability(), longest, penalty);
    return finished.get(0).score(penalty) > hope
        || (finished.size() >= options.beams()
            && finished.get(options.beams() - 1).score(penalty) >= ahead.score(penalty));
  }
}
