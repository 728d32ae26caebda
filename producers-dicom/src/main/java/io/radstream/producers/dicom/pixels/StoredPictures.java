package io.radstream.producers.dicom.pixels;

import io.radstream.deidentification.pixels.Region;
import io.radstream.producers.dicom.codec.CodecPool;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.TransferSyntax.Packing;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All pictures of a file, looked at one by one, and written anew where one must be changed. */
public record StoredPictures(CodecPool codecs) {

  /**
   * @param check sees each picture
   * @return the pictures without what must not be seen and without what cells hold beside their
   *     numbers; empty where they can stay as they are stored
   * @throws RefusedStudyException where a picture cannot be shown, or may not go out
   */
  public Optional<PlainPictures> cleaned(DicomFile file, PixelFormat format, PictureCheck check)
      throws RefusedStudyException {
    List<List<Region>> hidden = new ArrayList<>();
    boolean anew = false;
    for (int index = 0; index < format.frames(); index++) {
      Frame frame = new Frames(codecs).at(index, file, format);
      List<Region> regions =
          check.check(new GrayImage(format.columns(), format.rows(), Rendering.gray(file, frame)));
      hidden.add(regions);
      anew |= !regions.isEmpty() || frame.holdsMore() || isCutInAWord(frame);
    }
    return anew ? Optional.of(anew(file, format, hidden)) : Optional.empty();
  }

  /** Its last byte shares a word with what is behind it. */
  private static boolean isCutInAWord(Frame frame) {
    return frame.swapped() && frame.format().storedBytes() % 2 != 0;
  }

  private PlainPictures anew(DicomFile file, PixelFormat format, List<List<Region>> hidden)
      throws RefusedStudyException {
    if (file.syntax().packing() == Packing.NATIVE
        && format.photometric() == Photometric.YBR_FULL_422) {
      throw new RefusedStudyException(
          RejectionReason.BURNED_IN_TEXT,
          "text is burned into a picture whose pixels share colours; it cannot be blanked");
    }
    CellWriter cells = null;
    for (int index = 0; index < format.frames(); index++) {
      Frame frame = new Frames(codecs).at(index, file, format);
      if (cells == null) {
        cells = new CellWriter(frame.format(), format.frames());
      }
      cells.add(frame, hidden.get(index), Rendering.gray(file, frame));
    }
    return cells.pictures();
  }
}
