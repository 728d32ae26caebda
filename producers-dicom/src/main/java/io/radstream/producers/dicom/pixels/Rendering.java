package io.radstream.producers.dicom.pixels;

import io.radstream.producers.dicom.codec.CodecPool;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.image.AreaResize;
import io.radstream.radiology.image.GrayImage;

/**
 * Makes the picture that a viewer shows of a file. Overlays are left out; of several frames it is
 * the first.
 */
public record Rendering(CodecPool codecs) {

  /**
   * @param format of the file, whose size is one that is taken
   * @param aspect height of a pixel as a multiple of its width; the picture gets square pixels
   * @throws RefusedStudyException where there is no picture that can be shown
   */
  public GrayImage render(DicomFile file, PixelFormat format, double aspect)
      throws RefusedStudyException {
    Frame frame = new Frames(codecs).at(0, file, format);
    GrayImage image = new GrayImage(format.columns(), format.rows(), gray(file, frame));
    return square(image, aspect);
  }

  static byte[] gray(DicomFile file, Frame frame) throws RefusedStudyException {
    PixelFormat format = frame.format();
    if (format.samples() > 1) {
      return Colour.gray(frame);
    }
    byte[] table =
        format.photometric() == Photometric.PALETTE_COLOR
            ? Colour.palette(file.dataset(), format)
            : new GrayTable(file.dataset(), format).table(frame::histogram);
    byte[] gray = new byte[format.pixels()];
    for (int pixel = 0; pixel < gray.length; pixel++) {
      gray[pixel] = table[frame.code(pixel, 0)];
    }
    return gray;
  }

  /** Shrinks the axis that has more pixels than its length is worth. */
  private static GrayImage square(GrayImage image, double aspect) {
    int width = aspect > 1 ? (int) Math.round(image.width() / aspect) : image.width();
    int height = aspect < 1 ? (int) Math.round(image.height() * aspect) : image.height();
    return AreaResize.to(image, Math.max(1, width), Math.max(1, height));
  }
}
