package io.radstream.producers.phantom;

import java.util.List;
import java.util.Locale;

/** What a study is labelled with; {@link #NORMAL} means that none of the others is there. */
public enum Finding {
  EFFUSION,
  PNEUMOTHORAX,
  CARDIOMEGALY,
  OPACITY,
  NODULE,
  NORMAL;

  /** Those that are on one side or the other, or on both. */
  static List<Finding> ofALung() {
    return List.of(EFFUSION, PNEUMOTHORAX, OPACITY, NODULE);
  }

  /** The name that zero-shot findings use as well: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
