package io.radstream.producers.datasets;

import java.util.Locale;

/** A share of a set as its makers cut it. */
public enum Split {
  TRAIN,
  VALIDATE,
  TEST;

  /**
   * @throws DatasetException where no set names one so
   */
  static Split of(String name) throws DatasetException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "train" -> TRAIN;
      case "validate", "valid" -> VALIDATE;
      case "test" -> TEST;
      default -> throw new DatasetException("a split is neither train, validate nor test");
    };
  }
}
