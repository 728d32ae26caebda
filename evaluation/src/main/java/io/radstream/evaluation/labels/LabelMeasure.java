package io.radstream.evaluation.labels;

import java.util.OptionalDouble;

/** What is measured of labels. */
public enum LabelMeasure {
  /** Of what was written, the share that is known too. */
  PRECISION,
  /** Of what is known, the share that was written too. */
  RECALL,
  /** Their harmonic mean. */
  F1;

  OptionalDouble of(Agreement agreement) {
    return switch (this) {
      case PRECISION -> agreement.precision();
      case RECALL -> agreement.recall();
      case F1 -> agreement.f1();
    };
  }
}
