package io.radstream.serving.score;

/** Why an answered study was not scored by the model beside. */
public enum Uncompared {
  /** The model failed on it, or gave what is no number. */
  FAILED,

  /** The model could not keep up. */
  DROPPED
}
