package io.radstream.cli.phi;

import io.radstream.radiology.image.GrayImage;

/** Where a name is burned into a picture. */
enum Corner {
  TOP_LEFT(false, false),
  TOP_RIGHT(true, false),
  BOTTOM_LEFT(false, true),
  BOTTOM_RIGHT(true, true),
  /** Nowhere, but the header says so. */
  TOLD(false, false);

  private static final int MARGIN = 6;
  private static final int SCALE = 2;

  private final boolean right;
  private final boolean bottom;

  Corner(boolean right, boolean bottom) {
    this.right = right;
    this.bottom = bottom;
  }

  GrayImage burn(GrayImage picture) {
    return this == TOLD ? picture : Lettering.burnedInto(picture, x(picture), y(picture), SCALE);
  }

  /** Whether a picture that was published at its own size tells what it must not. */
  boolean isShownBy(GrayImage picture) {
    return this == TOLD || Lettering.isReadable(picture, x(picture), y(picture), SCALE);
  }

  private int x(GrayImage picture) {
    return right ? picture.width() - MARGIN - Lettering.width(SCALE) : MARGIN;
  }

  private int y(GrayImage picture) {
    return bottom ? picture.height() - MARGIN - Lettering.height(SCALE) : MARGIN;
  }
}
