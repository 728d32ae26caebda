package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.Objectives;
import io.radstream.model.network.UnitVectors;
import java.util.ArrayList;
import java.util.List;

/** The loss that compares studies with reports, and its gradients. */
public record Contrast(Objectives settings) {

  /**
   * What it finds, of the whole batch.
   *
   * @param loss a scalar
   * @param studies gradient by the studies' vectors
   * @param reports gradient by the reports' vectors
   */
  public record Found(NDArray loss, NDArray studies, NDArray reports) {

    /** The same with the gradients of some rows. */
    public Found rows(long from, long count) {
      String range = from + ":" + (from + count);
      return new Found(loss, studies.get(range), reports.get(range));
    }

    /** Takes another's place. */
    public void copyTo(Found other, Operations operations) {
      operations.put(other.loss, loss);
      operations.put(other.studies, studies);
      operations.put(other.reports, reports);
    }
  }

  /**
   * @param operations whose manager keeps what is found
   * @param studies batch × representations × width
   * @param reports batch × width
   * @param factor of the gradients; the loss is the mean over representations
   */
  public Found find(Operations operations, NDArray studies, NDArray reports, NDArray factor) {
    int representations = (int) studies.getShape().get(1);
    List<NDArray> units = unit(operations, studies);
    List<NDArray> targets = unit(operations, reports);
    List<NDArray> gradients = new ArrayList<>();
    NDArray loss = null;
    NDArray byReports = null;
    for (int i = 0; i < representations; i++) {
      List<NDArray> found = compare(operations, units.get(0).get(":, " + i), targets.get(0));
      gradients.add(found.get(1).expandDims(1));
      loss = loss == null ? found.get(0) : operations.add(loss, found.get(0));
      byReports = byReports == null ? found.get(2) : operations.add(byReports, found.get(2));
    }
    NDArray byStudies =
        operations.times(operations.joinedPlaces(gradients.toArray(NDArray[]::new)), factor);
    return new Found(
        operations.scaled(loss, 1.0 / representations),
        unitBack(operations, byStudies, units),
        unitBack(operations, operations.times(byReports, factor), targets));
  }

  /** Vectors of unit length along the last axis, and the lengths that they had. */
  private static List<NDArray> unit(Operations operations, NDArray vectors) {
    return operations.call("unit").with(vectors).with(UnitVectors.EPSILON).many();
  }

  private static NDArray unitBack(Operations operations, NDArray dy, List<NDArray> unit) {
    return operations
        .call("unit_back")
        .with(dy)
        .with(unit.get(0), unit.get(1))
        .with(UnitVectors.EPSILON)
        .one();
  }

  /** Loss, and gradients by the vectors of unit length. */
  private List<NDArray> compare(Operations operations, NDArray studies, NDArray reports) {
    Call call =
        switch (settings.contrast()) {
          case SOFTMAX -> operations.call("compare");
          case SIGMOID -> operations.call("compare_pairs");
        };
    double more =
        switch (settings.contrast()) {
          case SOFTMAX -> settings.studyToReport();
          case SIGMOID -> settings.contrastBias();
        };
    return call.with(studies, reports).with(settings.temperature()).with(more).many();
  }
}
