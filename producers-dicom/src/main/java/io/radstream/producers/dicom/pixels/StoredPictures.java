package io.radstream.producers.dicom.pixels;

import io.radstream.deidentification.pixels.Region;
import io.radstream.producers.dicom.codec.CodecPool;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.TransferSyntax.Packing;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.RejectionReason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All pictures of a file, looked at one by one, and written anew where one must be changed. */
public record StoredPictures(CodecPool codecs) {

  /**
   * @param check sees each picture
   * @return the pictures without what must not be seen, without what cells hold beside their
   *     numbers, and without what lies beside a compressed picture
   * @throws RefusedStudyException where a picture cannot be shown, or may not go out
   */
  public Cleaned cleaned(DicomFile file, PixelFormat format, PictureCheck check)
      throws RefusedStudyException {
    List<List<Region>> hidden = new ArrayList<>();
    List<ByteBuffer> packed = new ArrayList<>();
    Frames frames = new Frames(codecs);
    boolean compressed = Frames.isCompressed(file);
    boolean anew = false;
    for (int index = 0; index < format.frames(); index++) {
      Optional<ByteBuffer> bare = compressed ? frames.bare(index, file, format) : Optional.empty();
      bare.ifPresent(packed::add);
      anew |= compressed && bare.isEmpty();
      Frame frame = frame(bare, index, file, format);
      List<Region> regions =
          check.check(new GrayImage(format.columns(), format.rows(), Rendering.gray(file, frame)));
      hidden.add(regions);
      anew |= !regions.isEmpty() || frame.holdsMore() || isCutInAWord(frame);
    }
    if (anew) {
      return new Cleaned.Anew(anew(file, format, hidden));
    }
    return compressed ? new Cleaned.Packed(packed) : new Cleaned.AsStored();
  }

  /** What is looked at is what goes out, where it can go out as it is. */
  private Frame frame(Optional<ByteBuffer> bare, int index, DicomFile file, PixelFormat format)
      throws RefusedStudyException {
    Frames frames = new Frames(codecs);
    return bare.isPresent()
        ? frames.unpacked(bare.get(), file, format)
        : frames.at(index, file, format);
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
      Optional<ByteBuffer> bare =
          Frames.isCompressed(file)
              ? new Frames(codecs).bare(index, file, format)
              : Optional.empty();
      Frame frame = frame(bare, index, file, format);
      if (cells == null) {
        cells = new CellWriter(frame.format(), format.frames());
      }
      cells.add(frame, hidden.get(index), Rendering.gray(file, frame));
    }
    return cells.pictures();
  }
}
