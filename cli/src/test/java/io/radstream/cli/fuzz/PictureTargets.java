package io.radstream.cli.fuzz;

import io.radstream.producers.dicom.Instance;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.dicom.listen.pdu.PduException;
import io.radstream.producers.dicom.listen.pdu.PduReader;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.image.UnreadableImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures, and what they come in. */
final class PictureTargets implements AutoCloseable {

  private static final int SIDE = 48;
  private static final int PNG_SIGNATURE = 8;

  /** Of a chunk, beside its content: length, kind, checksum. */
  private static final int PNG_FRAMING = 12;

  private final ImageDecoder decoder = new ImageDecoder();
  private final RadiographReader radiographs =
      new RadiographReader(new StudyNames(""), BodyParts.ANY, PictureRule.NONE);

  List<Target> all() throws IOException {
    return List.of(png(), jpeg(), dicom(), pdu());
  }

  private Target png() throws IOException {
    List<byte[]> seeds =
        List.of(
            ImageEncoder.png(gray()),
            written("png", BufferedImage.TYPE_INT_ARGB, false),
            written("png", BufferedImage.TYPE_USHORT_GRAY, false),
            written("png", BufferedImage.TYPE_BYTE_INDEXED, false),
            written("png", BufferedImage.TYPE_BYTE_BINARY, false));
    return Target.of(
            "png",
            seeds,
            List.of("IHDR", "IDAT", "IEND", "PLTE", "tRNS", "iCCP", "zTXt", "eXIf", "acTL"),
            Set.of(UnreadableImageException.class),
            this::decode)
        .repairing(PictureTargets::withChecksums);
  }

  private Target jpeg() throws IOException {
    List<byte[]> seeds =
        List.of(
            written("jpg", BufferedImage.TYPE_BYTE_GRAY, false),
            written("jpg", BufferedImage.TYPE_INT_RGB, false),
            written("jpg", BufferedImage.TYPE_INT_RGB, true));
    List<String> words =
        List.of("JFIF\0", "Exif\0\0", "Adobe\0", "ICC_PROFILE\0", "MM\0*", "II*\0");
    return Target.of("jpeg", seeds, words, Set.of(UnreadableImageException.class), this::decode);
  }

  private String decode(byte[] input) throws UnreadableImageException {
    decoder.decode(input);
    return "";
  }

  private Target dicom() {
    List<byte[]> seeds = List.of(DicomSeed.plain(), DicomSeed.nested(), DicomSeed.fragments());
    List<String> words =
        List.of(
            "SQ\0\0",
            "OB\0\0",
            "UN\0\0",
            "OW\0\0",
            "PN",
            "ISO 2022 IR 87",
            "\\ISO 2022 IR 149",
            "1.2.840.10008.1.2.2",
            "1.2.840.10008.1.2",
            "MONOCHROME1",
            "PALETTE COLOR",
            "RGB");
    return Target.of(
        "dicom",
        seeds,
        words,
        Set.of(RefusedStudyException.class, UnreadableImageException.class),
        this::read);
  }

  private String read(byte[] input) throws RefusedStudyException, UnreadableImageException {
    Instance instance = radiographs.read(input);
    for (RawView view : instance.part().views()) {
      if (view.image() instanceof Image.Deferred deferred) {
        deferred.reader().read();
      }
    }
    return "";
  }

  private static Target pdu() {
    return Target.of(
        "pdu",
        List.of(DicomSeed.associateRequest(), DicomSeed.data()),
        List.of("1.2.840.10008.3.1.1.1", " \0\0\60", "@\0\0\21"),
        Set.of(PduException.class),
        PictureTargets::readPdu);
  }

  private static String readPdu(byte[] input) throws PduException {
    if (input.length < PduReader.HEADER_LENGTH) {
      return "short";
    }
    ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(input, PduReader.HEADER_LENGTH));
    int length = PduReader.bodyLength(header);
    byte[] body = Arrays.copyOfRange(input, PduReader.HEADER_LENGTH, input.length);
    // A body is read whole before it is looked at.
    PduReader.read(header, ByteBuffer.wrap(Arrays.copyOf(body, Math.min(length, 1 << 18))));
    return "";
  }

  private static GrayImage gray() {
    byte[] pixels = new byte[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ((i * i) >> 3);
    }
    return new GrayImage(SIDE, SIDE, pixels);
  }

  private static byte[] written(String format, int type, boolean progressive) throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, type);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, 0xFF000000 | i * 2_654_435);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    if (progressive) {
      settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** What is spoiled would otherwise be told by its checksum, and never be read. */
  private static byte[] withChecksums(byte[] png) {
    byte[] repaired = png.clone();
    ByteBuffer bytes = ByteBuffer.wrap(repaired);
    int at = PNG_SIGNATURE;
    while (at + PNG_FRAMING <= repaired.length) {
      int length = bytes.getInt(at);
      if (length < 0 || length > repaired.length - at - PNG_FRAMING) {
        break;
      }
      CRC32 checksum = new CRC32();
      checksum.update(repaired, at + 4, length + 4);
      bytes.putInt(at + 8 + length, (int) checksum.getValue());
      at += PNG_FRAMING + length;
    }
    return repaired;
  }

  @Override
  public void close() {
    radiographs.close();
  }
}
