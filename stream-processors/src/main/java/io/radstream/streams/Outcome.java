package io.radstream.streams;

import io.radstream.schemas.StudyTuple;

/** What a study comes to. */
sealed interface Outcome {

  /** Tells two outcomes apart: equal where nothing that matters has changed. */
  String digest();

  /** The study can be trained on. */
  record Ready(StudyTuple tuple, String digest) implements Outcome {}

  /** It cannot, as it stands. */
  record Refused(Refusal refusal, String digest) implements Outcome {}

  /** Nothing is left of it. */
  record Nothing() implements Outcome {

    @Override
    public String digest() {
      return "nothing";
    }
  }
}
