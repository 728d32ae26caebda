package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.ImageDecoder.Limits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * What we write ourselves is read in a way of its own, and any other PNG by the platform's reader:
 * so a file of ours that has a remark added is read by that one, and both have to say the same.
 */
class OwnPngTest {

  private static final int[][] SIZES = {{32, 32}, {33, 40}, {47, 600}, {512, 417}, {512, 512}};
  private static final int LENGTH = 33;
  private static final int TYPE = LENGTH + Integer.BYTES;
  private static final int DATA = TYPE + 4;

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void shouldReadWhatWeWriteAsThePlatformDoes() throws UnreadableImageException {
    List<byte[]> files = new ArrayList<>();
    for (int[] size : SIZES) {
      for (IntUnaryOperator picture : pictures()) {
        files.add(ImageEncoder.png(image(size[0], size[1], picture)));
      }
    }

    List<String> own = files.stream().map(this::decoded).toList();

    assertThat(files).allMatch(file -> OwnPng.decode(file, Limits.DEFAULT).isPresent());
    assertThat(own)
        .allMatch(verdict -> verdict.startsWith("pixels"))
        .isEqualTo(files.stream().map(OwnPngTest::remarked).map(this::decoded).toList());
  }

  /** Incompressible pictures are written as they are, which is not ours to read. */
  @Test
  void shouldReadWhatCannotBePacked() {
    byte[] file = ImageEncoder.png(image(300, 200, whiteNoise()));

    assertThat(decoded(file)).startsWith("pixels").isEqualTo(decoded(remarked(file)));
  }

  @Test
  void shouldSayOfDamagedStreamsWhatThePlatformSays() {
    byte[] whole = ImageEncoder.png(image(33, 40, grainy(9)));
    List<byte[]> files = new ArrayList<>();
    for (int at = DATA; at < DATA + length(whole); at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        files.add(summed(damaged));
      }
    }

    List<String> own = files.stream().map(this::decoded).toList();

    assertThat(own).contains("UNDECODABLE: image is damaged or truncated");
    assertThat(own).isEqualTo(files.stream().map(OwnPngTest::remarked).map(this::decoded).toList());
  }

  @Test
  void shouldSayOfShortAndLongStreamsWhatThePlatformSays() {
    byte[] whole = ImageEncoder.png(image(33, 40, grainy(9)));
    List<byte[]> files = new ArrayList<>();
    for (int length = 0; length < length(whole) + 30; length++) {
      byte[] data = Arrays.copyOfRange(whole, DATA, DATA + Math.min(length, length(whole)));
      files.add(withData(whole, Arrays.copyOf(data, length)));
    }
    for (int height = 33; height < 48; height++) {
      byte[] other = whole.clone();
      ByteBuffer.wrap(other).putInt(20, height);
      CRC32 sum = new CRC32();
      sum.update(other, 12, 17);
      ByteBuffer.wrap(other).putInt(29, (int) sum.getValue());
      files.add(other);
    }

    List<String> own = files.stream().map(this::decoded).toList();

    assertThat(own).contains("UNDECODABLE: image is damaged or truncated");
    assertThat(own).isEqualTo(files.stream().map(OwnPngTest::remarked).map(this::decoded).toList());
  }

  private String decoded(byte[] file) {
    try {
      GrayImage image = decoder.decode(file);
      return "pixels %d %d %d"
          .formatted(image.width(), image.height(), Arrays.hashCode(image.pixels()));
    } catch (UnreadableImageException e) {
      return e.reason() + ": " + e.getMessage();
    }
  }

  /** Nothing, a ramp, few values, noise of a detector, and some that take long codes. */
  private static List<IntUnaryOperator> pictures() {
    return List.of(i -> 0, i -> i / 7, i -> i % 3 == 0 ? 255 : 0, grainy(3), grainy(40), rare());
  }

  private static IntUnaryOperator grainy(int deviation) {
    CounterRandom random = CounterRandom.of(1, "grain", deviation);
    return i -> 128 + (int) (deviation * (random.nextDouble() + random.nextDouble() - 1));
  }

  private static IntUnaryOperator rare() {
    CounterRandom random = CounterRandom.of(1, "rare");
    return i -> (int) (255 * Math.pow(random.nextDouble(), 12));
  }

  private static IntUnaryOperator whiteNoise() {
    CounterRandom random = CounterRandom.of(1, "white");
    return i -> random.nextInt(256);
  }

  private static GrayImage image(int width, int height, IntUnaryOperator picture) {
    byte[] pixels = new byte[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) picture.applyAsInt(i);
    }
    return new GrayImage(width, height, pixels);
  }

  private static int length(byte[] png) {
    return ByteBuffer.wrap(png).getInt(LENGTH);
  }

  private static byte[] summed(byte[] png) {
    CRC32 sum = new CRC32();
    sum.update(png, TYPE, length(png) + 4);
    ByteBuffer.wrap(png).putInt(DATA + length(png), (int) sum.getValue());
    return png;
  }

  private static byte[] withData(byte[] png, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, LENGTH);
    PngChunk.of("IDAT", data).writeTo(out);
    PngChunk.of("IEND", new byte[0]).writeTo(out);
    return out.toByteArray();
  }

  private static byte[] remarked(byte[] png) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, LENGTH);
    PngChunk.of("tEXt", new byte[] {'a', 0, 'b'}).writeTo(out);
    out.write(png, LENGTH, png.length - LENGTH);
    return out.toByteArray();
  }
}
