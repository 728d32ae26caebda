package io.radstream.cli.scale;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Projection;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;

/** A small picture of noise. */
final class NoisePicture {

  private static final int SIDE = 64;

  private NoisePicture() {}

  /**
   * @param number another one has another picture
   */
  static View view(int number) {
    byte[] gray = new byte[SIDE * SIDE];
    CounterRandom.of(number, "pixels").nextBytes(gray);
    byte[] png = ImageEncoder.png(new GrayImage(SIDE, SIDE, gray));
    return View.newBuilder()
        .setViewId("view")
        .setProjection(Projection.PA)
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(png))
        .setWidth(SIDE)
        .setHeight(SIDE)
        .setOriginalWidth(SIDE)
        .setOriginalHeight(SIDE)
        .setSha256(Sha256.of(png))
        .build();
  }
}
