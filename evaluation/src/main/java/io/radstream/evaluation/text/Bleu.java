package io.radstream.evaluation.text;

import io.radstream.evaluation.Figure;
import java.util.List;
import java.util.OptionalDouble;

/**
 * BLEU of a corpus with one reference each (Papineni et al., 2002): the geometric mean of the
 * precisions of sequences of 1 to {@code order} tokens, times the penalty for being shorter than
 * the references. Not smoothed: 0 where no sequence of some length is found.
 *
 * @param order longest sequence, in tokens; 4 is usual
 */
public record Bleu(int order) implements Figure<BleuCounts> {

  public Bleu {
    if (order < 1) {
      throw new IllegalArgumentException("sequences have at least one token, not " + order);
    }
  }

  /** Empty where there is no report. */
  @Override
  public OptionalDouble of(List<BleuCounts> reports) {
    if (reports.isEmpty()) {
      return OptionalDouble.empty();
    }
    double logs = 0;
    for (int length = 1; length <= order; length++) {
      logs += Math.log(precision(reports, length)) / order;
    }
    return OptionalDouble.of(brevity(reports) * Math.exp(logs));
  }

  private static double precision(List<BleuCounts> reports, int length) {
    long found = 0;
    long all = 0;
    for (BleuCounts report : reports) {
      found += report.found().get(length - 1);
      all += report.all(length);
    }
    return all == 0 ? 0 : (double) found / all;
  }

  private static double brevity(List<BleuCounts> reports) {
    double generated = reports.stream().mapToInt(BleuCounts::generated).sum();
    double reference = reports.stream().mapToInt(BleuCounts::reference).sum();
    return generated >= reference || generated == 0 ? 1 : Math.exp(1 - reference / generated);
  }
}
