package io.radstream.producers.dicom;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;

/** Compresses pictures for tests, by the encoders of the library whose decoders are used. */
public final class Encoders {

  /** Ways of compression, with the transfer syntax of each. */
  public enum Way {
    JPEG_12_BITS("1.2.840.10008.1.2.4.51", Imgcodecs.DICOM_CP_JPG, 1, 0),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.70", Imgcodecs.DICOM_CP_JPG, 4, 1),
    JPEG_LS("1.2.840.10008.1.2.4.80", Imgcodecs.DICOM_CP_JPLS, 0, 0),
    JPEG_2000("1.2.840.10008.1.2.4.90", Imgcodecs.DICOM_CP_J2K, 0, 0);

    private final String syntax;
    private final int compression;
    private final int mode;
    private final int prediction;

    Way(String syntax, int compression, int mode, int prediction) {
      this.syntax = syntax;
      this.compression = compression;
      this.mode = mode;
      this.prediction = prediction;
    }

    public String syntax() {
      return syntax;
    }
  }

  private Encoders() {}

  /** Skips the test where there is no library for this machine. */
  public static void load(Path directory) throws IOException {
    Path library = directory.resolve("libopencv.so");
    try (InputStream input = Mat.class.getResourceAsStream("/lib/linux-x86_64/libopencv_java.so")) {
      boolean fits =
          System.getProperty("os.name").equals("Linux")
              && System.getProperty("os.arch").equals("amd64");
      assumeTrue(fits, "the test has encoders for Linux on x86-64 only");
      Files.copy(input, library);
    }
    System.load(library.toString());
  }

  /** A gray picture of up to 12 bits. */
  public static byte[] encode(Way way, int width, int height, short[] cells) {
    return encode(way, width, height, 12, cells);
  }

  /**
   * A gray picture.
   *
   * @param bits of a number, more than 8
   */
  public static byte[] encode(Way way, int width, int height, int bits, short[] cells) {
    Mat picture = new Mat(height, width, CvType.CV_16UC1);
    picture.put(0, 0, cells);
    return encode(way, picture, bits);
  }

  /**
   * A picture of 8 bits.
   *
   * @param samples of a pixel, together, in the order in which they are to be coded: 1 or 3
   */
  public static byte[] encode8(Way way, int width, int height, int samples, byte[] cells) {
    Mat picture = new Mat(height, width, CvType.CV_8UC(samples));
    picture.put(0, 0, cells);
    return encode(way, picture, 8);
  }

  private static byte[] encode(Way way, Mat picture, int bits) {
    int[] parameters = new int[16];
    parameters[Imgcodecs.DICOM_PARAM_IMREAD] = Imgcodecs.IMREAD_UNCHANGED;
    parameters[Imgcodecs.DICOM_PARAM_WIDTH] = picture.cols();
    parameters[Imgcodecs.DICOM_PARAM_HEIGHT] = picture.rows();
    parameters[Imgcodecs.DICOM_PARAM_COMPRESSION] = way.compression;
    parameters[Imgcodecs.DICOM_PARAM_COMPONENTS] = picture.channels();
    parameters[Imgcodecs.DICOM_PARAM_BITS_PER_SAMPLE] = bits;
    parameters[Imgcodecs.DICOM_PARAM_COLOR_MODEL] =
        picture.channels() == 1 ? Imgcodecs.EPI_Monochrome2 : Imgcodecs.EPI_RGB;
    parameters[Imgcodecs.DICOM_PARAM_JPEG_MODE] = way.mode;
    parameters[Imgcodecs.DICOM_PARAM_JPEG_QUALITY] = 95;
    parameters[Imgcodecs.DICOM_PARAM_JPEG_PREDICTION] = way.prediction;
    Mat packed = Imgcodecs.dicomJpgWrite(picture, new MatOfInt(parameters), "");
    byte[] bytes = new byte[(int) packed.total()];
    packed.get(0, 0, bytes);
    return bytes;
  }
}
