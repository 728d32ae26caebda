package io.radstream.producers.phantom;

import java.util.List;

/** A hospital that phantoms come from: who is examined how, and how that is reported. */
public enum PhantomSite {
  /** Standing patients mostly, up to four views, reports without more words than needed. */
  NORTH(0.35, 1, 0),

  /** Patients in bed mostly, one view mostly, a softer detector, reports that end in advice. */
  SOUTH(0.8, 0.8, 0.1);

  private final double portable;
  private final double gain;
  private final double offset;

  PhantomSite(double portable, double gain, double offset) {
    this.portable = portable;
    this.gain = gain;
    this.offset = offset;
  }

  /** Share of studies that are taken in bed. */
  double portable() {
    return portable;
  }

  /** Of all its detectors, relative to {@link #NORTH}. */
  double gain() {
    return gain;
  }

  /** Brightness that its detectors add. */
  double offset() {
    return offset;
  }

  /** Share of studies with at most 1, 2, ... views. */
  List<Double> atMostViews() {
    return switch (this) {
      case NORTH -> List.of(0.35, 0.75, 0.95, 1.0);
      case SOUTH -> List.of(0.85, 1.0);
    };
  }

  /** Ways to end the findings; each says nothing about them. */
  List<String> remarks() {
    return switch (this) {
      case NORTH -> List.of("");
      case SOUTH ->
          List.of(
              " Clinical correlation is recommended, and follow-up radiographs as required.",
              " The referring physician has been informed of these observations by telephone.",
              " The study was read together with the attending radiologist of the night.");
    };
  }
}
