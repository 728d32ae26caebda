package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.radstream.radiology.image.ImageDecoder.Limits;
import io.radstream.radiology.image.UnreadableImageException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void shouldReadBackAnEncodedImageExactly() throws IOException {
    GrayImage image = gradient(64, 48);

    GrayImage decoded = decoder.decode(ImageEncoder.png(image));

    assertThat(decoded.width()).isEqualTo(64);
    assertThat(decoded.pixels()).isEqualTo(image.pixels());
  }

  @Test
  void shouldKeepTheValuesOfAGrayPictureStoredInColour() throws IOException {
    BufferedImage colour = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
    colour.setRGB(3, 4, 0x707070);

    GrayImage decoded = decoder.decode(encode(colour, "png"));

    assertThat(decoded.at(3, 4)).isEqualTo(0x70);
  }

  @Test
  void shouldTakeTheHighByteOfSixteenBits() throws IOException {
    BufferedImage deep = new BufferedImage(40, 40, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(5, 6, 0, 0xABCD);

    assertThat(decoder.decode(encode(deep, "png")).at(5, 6)).isEqualTo(0xAB);
  }

  @Test
  void shouldReadACompleteJpeg() throws IOException {
    GrayImage decoded = decoder.decode(jpeg());

    assertThat(decoded.width()).isEqualTo(200);
  }

  @Test
  void shouldRefuseATruncatedJpeg() {
    byte[] whole = jpeg();

    assertThat(refusal(Arrays.copyOf(whole, whole.length * 2 / 3))).isEqualTo(Reason.UNDECODABLE);
  }

  @Test
  void shouldRefuseATruncatedPng() {
    byte[] whole = ImageEncoder.png(gradient(100, 100));

    assertThat(refusal(Arrays.copyOf(whole, whole.length / 2))).isEqualTo(Reason.UNDECODABLE);
  }

  @Test
  void shouldRefuseAOneByOneImage() {
    assertThat(refusal(ImageEncoder.png(gradient(1, 1)))).isEqualTo(Reason.TOO_SMALL);
  }

  @Test
  void shouldRefuseAHugeHeaderWithoutDecodingIt() {
    assertThat(refusal(pngHeader(30_000, 30_000))).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void shouldRefuseATextFile() {
    byte[] text = "this is no image, whatever its name".getBytes(StandardCharsets.UTF_8);

    assertThat(refusal(text)).isEqualTo(Reason.UNDECODABLE);
  }

  @Test
  void shouldRefuseNothingAtAll() {
    assertThat(refusal(new byte[0])).isEqualTo(Reason.UNDECODABLE);
  }

  @Test
  void shouldRefuseAFormatThatIsNoRadiographEvenThoughTheJdkReadsIt() {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);

    assertThat(refusal(encode(image, "bmp"))).isEqualTo(Reason.UNDECODABLE);
  }

  @Test
  void shouldRefuseAPictureThatIsTooLongForItsHeight() {
    assertThat(refusal(ImageEncoder.png(gradient(6000, 40)))).isEqualTo(Reason.TOO_SMALL);
    assertThat(refusal(ImageEncoder.png(gradient(40, 641)))).isEqualTo(Reason.TOO_SMALL);
  }

  @Test
  void shouldAcceptWhateverItShrankItself() throws IOException {
    int[] sides = {32, 33, 47, 63, 64, 100, 257, 511, 512, 513, 528, 752};
    for (int size : new int[] {32, 33, 64, 100, 509, 512}) {
      for (int width : sides) {
        for (int height : sides) {
          if (Math.max(width, height) <= 16 * Math.min(width, height)) {
            GrayImage image = gradient(width, height);

            GrayImage shrunk = Limits.DEFAULT.shrink(image, size);

            Limits.DEFAULT.check(shrunk.width(), shrunk.height());
            assertThat(shrunk.longestSide())
                .isLessThanOrEqualTo(Math.min(image.longestSide(), Math.max(size, 16 * 32)));
          }
        }
      }
    }
  }

  @Test
  void shouldKeepTheProportionsOfALargeImage() {
    GrayImage small = Limits.DEFAULT.shrink(gradient(1000, 600), 100);

    assertThat(small.width()).isEqualTo(100);
    assertThat(small.height()).isEqualTo(60);
  }

  @Test
  void shouldLeaveASmallImageAlone() {
    GrayImage image = gradient(40, 40);

    assertThat(Limits.DEFAULT.shrink(image, 100)).isSameAs(image);
  }

  @Test
  void shouldReadAPngWhoseDataLieInPiecesOfOneByte() throws IOException {
    GrayImage image = gradient(64, 48);
    byte[] whole = ImageEncoder.png(image);
    int data = new String(whole, StandardCharsets.ISO_8859_1).indexOf("IDAT");
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    pieces.write(whole, 0, data - 4);
    for (int i = data + 4; i < whole.length - 16; i++) {
      PngChunk.of("IDAT", new byte[] {whole[i]}).writeTo(pieces);
    }

    assertThat(decoder.decode(pieces.toByteArray()).pixels()).isEqualTo(image.pixels());
  }

  @Test
  void shouldRefuseAJpegOfCountlessScans() {
    byte[] whole = jpeg();
    int scan = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00da");
    ByteArrayOutputStream countless = new ByteArrayOutputStream();
    countless.write(whole, 0, scan);
    for (int i = 0; i < 1000; i++) {
      countless.write(whole, scan, whole.length - 2 - scan);
    }
    countless.write(whole, whole.length - 2, 2);

    UnreadableImageException refusal =
        catchThrowableOfType(
            UnreadableImageException.class, () -> decoder.decode(countless.toByteArray()));

    assertThat(refusal).hasMessageContaining("scans");
  }

  private Reason refusal(byte[] bytes) {
    UnreadableImageException e =
        catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(bytes));
    assertThat(e).isNotNull();
    return e.reason();
  }

  private static byte[] jpeg() {
    BufferedImage image = new BufferedImage(200, 150, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 150; y++) {
      for (int x = 0; x < 200; x++) {
        image.getRaster().setSample(x, y, 0, x * 7 + y * 3 & 0xFF);
      }
    }
    return encode(image, "jpeg");
  }

  private static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      assertThat(ImageIO.write(image, format, out)).isTrue();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static GrayImage gradient(int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    return new GrayImage(width, height, pixels);
  }

  /** A valid signature and IHDR chunk, then nothing. */
  private static byte[] pngHeader(int width, int height) {
    try {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream ihdr = new DataOutputStream(header);
      ihdr.writeBytes("IHDR");
      ihdr.writeInt(width);
      ihdr.writeInt(height);
      ihdr.write(new byte[] {8, 0, 0, 0, 0});
      CRC32 crc = new CRC32();
      crc.update(header.toByteArray());

      ByteArrayOutputStream file = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(file);
      out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
      out.writeInt(13);
      out.write(header.toByteArray());
      out.writeInt((int) crc.getValue());
      return file.toByteArray();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
