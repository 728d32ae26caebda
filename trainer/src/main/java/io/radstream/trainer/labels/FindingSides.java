package io.radstream.trainer.labels;

import io.radstream.radiology.report.Sides;
import java.util.List;

/**
 * What findings become in a mirrored picture: "left effusion" is "right effusion" there.
 *
 * @param others place of the finding that each becomes; itself where it names no side, -1 where its
 *     other side is not among the findings or it is of one side only
 */
record FindingSides(List<Integer> others) {

  FindingSides {
    others = List.copyOf(others);
  }

  static FindingSides of(List<String> findings) {
    Sides sides = new Sides();
    return new FindingSides(
        findings.stream()
            .map(name -> sides.mirrorName(name).map(findings::indexOf).orElse(-1))
            .toList());
  }

  boolean canMirror() {
    return !others.contains(-1);
  }

  /** Labels of the mirrored study. */
  float[] mirror(float[] labels) {
    float[] mirrored = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      mirrored[others.get(i)] = labels[i];
    }
    return mirrored;
  }
}
