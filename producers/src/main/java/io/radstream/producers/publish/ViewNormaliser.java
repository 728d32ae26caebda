package io.radstream.producers.publish;

import io.radstream.producers.publish.RawStudy.Image;
import io.radstream.producers.publish.RawStudy.RawView;
import io.radstream.radiology.image.AreaResize;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes views alike: gray, at most so large, PNG. Every picture is encoded anew, even one that
 * would fit as it is, because a file may carry a patient's name in its metadata.
 *
 * @param viewSize most pixels of the longest side
 */
record ViewNormaliser(int viewSize, ImageDecoder decoder) {

  ViewNormaliser {
    if (viewSize < ImageDecoder.Limits.DEFAULT.minSide()) {
      throw new IllegalArgumentException(
          "the view size is %d pixels; at least %d are needed"
              .formatted(viewSize, ImageDecoder.Limits.DEFAULT.minSide()));
    }
  }

  View normalise(String viewId, RawView raw) throws UnreadableImageException {
    GrayImage original = decode(raw.image());
    GrayImage resized = AreaResize.toLongestSide(original, viewSize);
    byte[] png = ImageEncoder.png(resized);
    return View.newBuilder()
        .setViewId(viewId)
        .setProjection(raw.projection())
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(png))
        .setWidth(resized.width())
        .setHeight(resized.height())
        .setOriginalWidth(original.width())
        .setOriginalHeight(original.height())
        .setSha256(sha256(png))
        .build();
  }

  private GrayImage decode(Image image) throws UnreadableImageException {
    if (image instanceof Image.File file) {
      return decoder.decode(file.bytes());
    }
    return ((Image.Pixels) image).image();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
