package io.radstream.producers.publish;

import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.ImageDecoder.Limits;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes views alike: gray, at most so large, PNG. Every picture is encoded anew, even one that
 * would fit as it is, because a file may carry a patient's name in its metadata.
 *
 * @param viewSize most pixels of the longest side, but for the shorter one's sake; what is
 *     published is within the limits that the stage and the service hold
 * @param originals where a picture goes that is made smaller; empty where nobody wants it
 */
record ViewNormaliser(int viewSize, ImageDecoder decoder, Optional<Originals> originals) {

  ViewNormaliser {
    if (viewSize < Limits.DEFAULT.minSide()) {
      throw new IllegalArgumentException(
          "the view size is %d pixels; at least %d are needed"
              .formatted(viewSize, Limits.DEFAULT.minSide()));
    }
  }

  /**
   * @throws StepUnavailableException where the original cannot be put
   */
  View normalise(String studyId, String viewId, RawView raw)
      throws UnreadableImageException, RefusedStudyException {
    GrayImage original = decode(raw.image());
    GrayImage resized = Limits.DEFAULT.shrink(original, viewSize);
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
        .setSha256(Sha256.of(png))
        .setOriginal(original(studyId, viewId, original, resized))
        .setAcquiredAt(raw.facts().acquired().map(it -> it.toInstant(ZoneOffset.UTC)).orElse(null))
        .setLaterality(raw.facts().laterality())
        .setPixelSpacing(spacing(raw, (double) original.width() / resized.width()))
        .build();
  }

  /** What was not made smaller is published as it was. */
  private OriginalView original(
      String studyId, String viewId, GrayImage original, GrayImage published) {
    boolean whole =
        original.width() == published.width() && original.height() == published.height();
    return whole || originals.isEmpty() ? null : originals.get().put(studyId, viewId, original);
  }

  private GrayImage decode(Image image) throws UnreadableImageException, RefusedStudyException {
    if (image instanceof Image.File file) {
      return decoder.decode(file.bytes());
    }
    GrayImage pixels =
        image instanceof Image.Deferred deferred
            ? deferred.reader().read()
            : ((Image.Pixels) image).image();
    Limits.DEFAULT.check(pixels.width(), pixels.height());
    return pixels;
  }

  /** In millimetres, of the published view. */
  private static Double spacing(RawView raw, double shrunk) {
    OptionalDouble original = raw.facts().pixelSpacing();
    return original.isPresent() ? original.getAsDouble() * shrunk : null;
  }
}
