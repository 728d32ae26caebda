package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.codec.ColourModel;
import java.util.Optional;

/** What the numbers of a pixel mean. */
enum Photometric {
  /** Low is white. */
  MONOCHROME1(1),
  MONOCHROME2(1),
  PALETTE_COLOR(1),
  RGB(3),
  YBR_FULL(3),
  /** Where it is not compressed, two pixels share their colours. */
  YBR_FULL_422(3),
  /** Of JPEG 2000, which gives red, green and blue back. */
  YBR_RCT(3),
  YBR_ICT(3);

  private final int samples;

  Photometric(int samples) {
    this.samples = samples;
  }

  static Optional<Photometric> of(String term) {
    for (Photometric each : values()) {
      if (each.name().equals(term.replace(' ', '_'))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  int samples() {
    return samples;
  }

  /** What three samples are, where the compressed picture says it. */
  Photometric coloured(ColourModel colours) {
    return switch (colours) {
      case UNSTATED -> this;
      case RED_GREEN_BLUE -> RGB;
      case BRIGHTNESS_AND_COLOURS -> YBR_FULL;
    };
  }

  /** Whether the first sample is the brightness. */
  boolean hasBrightness() {
    return this == YBR_FULL || this == YBR_FULL_422;
  }
}
