package io.radstream.serving.panel;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a panel said of one finding.
 *
 * @param name of the finding
 * @param present studies of the panel that have it
 * @param absent studies that do not
 * @param candidate empty where it was not judged by the finding
 * @param live empty where nothing was live, or the live one does not score it
 * @param difference interval of the candidate's AUC less the live one's
 * @param moved part of the panel's studies of which the score differs by more than was set
 */
public record FindingResult(
    String name,
    long present,
    long absent,
    Optional<Measured> candidate,
    Optional<Measured> live,
    Optional<Ends> difference,
    OptionalDouble moved) {

  /**
   * Two ends of an interval.
   *
   * @param low lower end
   * @param high upper end
   */
  public record Ends(double low, double high) {

    private static Optional<Ends> of(String figure, Map<String, Double> figures) {
      Double low = figures.get(figure + FigureNames.LOW);
      Double high = figures.get(figure + FigureNames.HIGH);
      return low == null || high == null ? Optional.empty() : Optional.of(new Ends(low, high));
    }
  }

  /**
   * What one model made of it.
   *
   * @param auc area under the receiver operating characteristic, 0 to 1
   * @param interval of the AUC, at the level that all findings of the panel share
   * @param calibrationError expected calibration error, 0 to 1
   */
  public record Measured(double auc, Optional<Ends> interval, OptionalDouble calibrationError) {

    private static Optional<Measured> of(
        String finding, String whose, Map<String, Double> figures) {
      String auc = FigureNames.auc(finding) + whose;
      return Optional.ofNullable(figures.get(auc))
          .map(
              value ->
                  new Measured(
                      value,
                      Ends.of(auc, figures),
                      optional(figures.get(FigureNames.ece(finding) + whose))));
    }
  }

  /** What follows for the checkpoint. */
  public enum Outcome {
    /** All of the interval of the difference is below 0, which holds the checkpoint. */
    WORSE,
    /** It is not sure that it is worse. */
    NOT_WORSE,
    /** No live one scores it. */
    NOT_COMPARED,
    /** The candidate does not score it, or too few patients have it or have not. */
    NOT_JUDGED
  }

  static FindingResult of(String finding, Map<String, Double> figures) {
    return new FindingResult(
        finding,
        figures.get(FigureNames.present(finding)).longValue(),
        figures.getOrDefault(FigureNames.absent(finding), 0.0).longValue(),
        Measured.of(finding, "", figures),
        Measured.of(finding, FigureNames.OF_LIVE, figures),
        Ends.of(FigureNames.difference(finding), figures),
        optional(figures.get(FigureNames.moved(finding))));
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** What follows for the checkpoint from this finding. */
  public Outcome outcome() {
    if (candidate.isEmpty()) {
      return Outcome.NOT_JUDGED;
    }
    return difference
        .map(ends -> ends.high() < 0 ? Outcome.WORSE : Outcome.NOT_WORSE)
        .orElse(Outcome.NOT_COMPARED);
  }
}
