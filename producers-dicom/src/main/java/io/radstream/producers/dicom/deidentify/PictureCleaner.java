package io.radstream.producers.dicom.deidentify;

import io.radstream.deidentification.pixels.Origin;
import io.radstream.deidentification.pixels.PictureGuard;
import io.radstream.deidentification.pixels.PictureGuard.Judged;
import io.radstream.deidentification.pixels.Region;
import io.radstream.producers.dicom.PictureOrigin;
import io.radstream.producers.dicom.codec.CodecPool;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.Refusals;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.dataset.TransferSyntax;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.pixels.Cleaned;
import io.radstream.producers.dicom.pixels.PixelFormat;
import io.radstream.producers.dicom.pixels.StoredPictures;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder.Limits;
import io.radstream.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at every picture of a file by the rule of publishing, and makes text in it black. Pixels
 * stay as they are stored where they may; of a picture that must be changed, or that is compressed
 * in a way that is not wholly understood, they come out uncompressed.
 */
record PictureCleaner(PictureGuard guard, CodecPool codecs) {

  /** Pictures that are numbers with fractions: no radiograph is one. */
  private static final List<Integer> FRACTIONS = List.of(0x7FE0_0008, 0x7FE0_0009);

  /**
   * @param data of the same file; gets pixels that may go out
   * @param audit is added to
   * @return how the file is to be written
   * @throws RefusedStudyException where a picture cannot be looked at, or may not go out
   */
  TransferSyntax clean(DicomFile file, EditableDataset data, Map<String, Long> audit)
      throws RefusedStudyException {
    Dataset header = file.dataset();
    if (FRACTIONS.stream().anyMatch(header::has)) {
      throw Refusals.undecodable("pixels with fractions cannot be looked at");
    }
    if (!header.has(Tag.PIXEL_DATA)) {
      return TransferSyntax.EXPLICIT_LITTLE;
    }
    PixelFormat format = PixelFormat.of(header);
    requireSize(format);
    Origin origin = PictureOrigin.of(header);
    Cleaned cleaned =
        new StoredPictures(codecs).cleaned(file, format, shown -> regions(origin, shown, audit));
    if (cleaned instanceof Cleaned.Packed packed) {
      PixelData.replace(data, packed.pictures());
      return file.syntax();
    }
    if (cleaned instanceof Cleaned.Anew anew) {
      audit.merge("picture.rewritten", 1L, Long::sum);
      PixelData.replace(data, anew.pictures());
    } else {
      PixelData.cut(data, format.storedBytes() * format.frames());
    }
    return TransferSyntax.EXPLICIT_LITTLE;
  }

  private static void requireSize(PixelFormat format) throws RefusedStudyException {
    long pixels = (long) format.rows() * format.columns();
    if (pixels > Limits.DEFAULT.maxPixels()) {
      throw Refusals.tooLarge(
          "the picture has %d pixels; at most %d are read"
              .formatted(pixels, Limits.DEFAULT.maxPixels()));
    }
  }

  private List<Region> regions(Origin origin, GrayImage shown, Map<String, Long> audit)
      throws RefusedStudyException {
    Judged byOrigin = passed(guard.byOrigin(origin, shown));
    Judged bySight = passed(guard.bySight(byOrigin.image()));
    List<Region> regions = new ArrayList<>(byOrigin.regions());
    regions.addAll(bySight.regions());
    audit.merge("picture.checked", 1L, Long::sum);
    if (!regions.isEmpty()) {
      audit.merge("picture.blanked", 1L, Long::sum);
    }
    return regions;
  }

  private static Judged passed(Judged judged) throws RefusedStudyException {
    if (judged.refusal().isPresent()) {
      throw new RefusedStudyException(RejectionReason.BURNED_IN_TEXT, judged.refusal().get());
    }
    return judged;
  }
}
