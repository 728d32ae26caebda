package io.radstream.streams;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.Topic;
import java.util.Arrays;
import java.util.Optional;

/** On which side of the split a tuple is. */
enum Side {
  NONE(0),
  TRAIN(1),
  VALIDATION(2),
  TEST(3);

  private final int code;

  Side(int code) {
    this.code = code;
  }

  /** In the state store. */
  int code() {
    return code;
  }

  static Side ofCode(int code) {
    return Arrays.stream(values())
        .filter(side -> side.code == code)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no side has code " + code));
  }

  /**
   * All studies of a patient are on one. Validation takes from the lower end and test from the
   * upper, so that neither share changes who is in the other.
   */
  static Side of(String patientId, StageConfig config) {
    double place = CounterRandom.of(config.seed(), "split/" + patientId).nextDouble();
    if (place < config.validationShare()) {
      return VALIDATION;
    }
    return place >= 1 - config.testShare() ? TEST : TRAIN;
  }

  /** Where the tuples of this side go. */
  Optional<Topic> topic() {
    return switch (this) {
      case NONE -> Optional.empty();
      case TRAIN -> Optional.of(Topic.TUPLES_TRAIN);
      case VALIDATION -> Optional.of(Topic.TUPLES_VALIDATION);
      case TEST -> Optional.of(Topic.TUPLES_TEST);
    };
  }
}
