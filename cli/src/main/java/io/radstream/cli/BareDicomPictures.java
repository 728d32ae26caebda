package io.radstream.cli;

import io.radstream.producers.datasets.VinBigData.DicomPictures;
import io.radstream.producers.dicom.codec.CodecPool;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.pixels.PixelFormat;
import io.radstream.producers.dicom.pixels.Rendering;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder.Limits;
import io.radstream.radiology.image.UnreadableImageException;

/**
 * Pictures of DICOM files whose makers took nearly all else out of them: no study, no modality and
 * no UID is asked for. Pixels are left as they are stored, so that boxes stay in their places.
 */
final class BareDicomPictures implements DicomPictures, AutoCloseable {

  private final CodecPool codecs = CodecPool.ofThisMachine();

  @Override
  public GrayImage read(byte[] file) throws UnreadableImageException, RefusedStudyException {
    DicomFile dicom = DicomFile.read(file);
    PixelFormat format = PixelFormat.of(dicom.dataset());
    Limits.DEFAULT.check(format.columns(), format.rows());
    return new Rendering(codecs).render(dicom, format, 1);
  }

  @Override
  public void close() {
    codecs.close();
  }
}
