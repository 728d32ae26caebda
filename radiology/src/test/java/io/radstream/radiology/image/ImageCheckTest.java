package io.radstream.radiology.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.radstream.radiology.CounterRandom;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** A check says of any bytes what decoding them says. */
class ImageCheckTest {

  private static final int WIDTH = 40;
  private static final int HEIGHT = 33;

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void shouldProveWhatWeWriteWithoutDecodingIt() {
    byte[] large = ImageEncoder.png(noise(700, 600));

    assertThat(PlainPng.isSound(large, ImageDecoder.Limits.DEFAULT)).isTrue();
    assertThatCode(() -> decoder.check(large)).doesNotThrowAnyException();
  }

  @Test
  void shouldSayTheSameOfEveryDamagedByte() {
    byte[] whole = ImageEncoder.png(noise(WIDTH, HEIGHT));

    List<byte[]> damaged = new ArrayList<>();
    for (int at = 0; at < whole.length; at++) {
      byte[] copy = whole.clone();
      copy[at] ^= (byte) (1 << at % 8);
      damaged.add(copy);
      damaged.add(Arrays.copyOf(whole, at));
    }

    assertSameVerdicts(damaged);
  }

  /** With checksums that are right, so that only the compressed stream tells. */
  @Test
  void shouldSayTheSameOfEveryDamagedStream() {
    byte[] stream = deflated(rows(WIDTH, HEIGHT));

    List<byte[]> damaged = new ArrayList<>();
    for (int at = 0; at < stream.length; at++) {
      byte[] copy = stream.clone();
      copy[at] ^= (byte) (1 << at % 8);
      damaged.add(png(8, 0, 0, copy));
      damaged.add(png(8, 0, 0, Arrays.copyOf(stream, at)));
    }

    assertSameVerdicts(damaged);
  }

  @Test
  void shouldSayTheSameOfOddFiles() {
    byte[] rows = rows(WIDTH, HEIGHT);
    byte[] filters = rows.clone();
    filters[(WIDTH + 1) * 7] = 5;
    byte[] negative = rows.clone();
    negative[(WIDTH + 1) * 9] = -1;
    byte[] stream = deflated(rows);

    assertSameVerdicts(
        List.of(
            png(8, 0, 0, stream),
            png(8, 0, 0, deflated(filters)),
            png(8, 0, 0, deflated(negative)),
            png(8, 0, 0, deflated(Arrays.copyOf(rows, rows.length - 1))),
            png(8, 0, 0, deflated(Arrays.copyOf(rows, rows.length + 9))),
            png(8, 0, 0, Arrays.copyOf(stream, stream.length + 5)),
            png(8, 0, 0, Arrays.copyOf(stream, stream.length - 4)),
            png(8, 0, 0, new byte[0]),
            png(8, 0, 1, stream),
            png(4, 0, 0, stream),
            png(16, 0, 0, stream),
            png(8, 3, 0, stream),
            png(8, 0, 0, stream, chunk("tRNS", new byte[] {0, 7})),
            png(8, 0, 0, stream, chunk("tRNS", new byte[] {7})),
            png(8, 0, 0, stream, chunk("tEXt", new byte[] {65, 0, 66})),
            png(8, 0, 0, stream, chunk("CRIT", new byte[] {1})),
            png(8, 0, 0, stream, chunk("IDAT", new byte[0])),
            "no image".getBytes(StandardCharsets.UTF_8),
            new byte[0]));
  }

  private void assertSameVerdicts(List<byte[]> files) {
    List<String> checked = files.stream().map(this::checked).toList();
    List<String> decoded = files.stream().map(this::decoded).toList();

    assertThat(checked).isEqualTo(decoded);
  }

  private String checked(byte[] file) {
    try {
      decoder.check(file);
      return "fine";
    } catch (UnreadableImageException e) {
      return e.reason() + e.getMessage();
    }
  }

  private String decoded(byte[] file) {
    try {
      decoder.decode(file);
      return "fine";
    } catch (UnreadableImageException e) {
      return e.reason() + e.getMessage();
    }
  }

  private static GrayImage noise(int width, int height) {
    byte[] pixels = new byte[width * height];
    CounterRandom.of(1, "noise").nextBytes(pixels);
    return new GrayImage(width, height, pixels);
  }

  /** Each behind another filter. */
  private static byte[] rows(int width, int height) {
    byte[] rows = new byte[(width + 1) * height];
    for (int y = 0; y < height; y++) {
      rows[y * (width + 1)] = (byte) (y % 5);
      for (int x = 1; x <= width; x++) {
        rows[y * (width + 1) + x] = (byte) (x * y);
      }
    }
    return rows;
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] png(int depth, int colour, int interlace, byte[] stream, byte[]... before) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(WIDTH)
            .putInt(HEIGHT)
            .put(new byte[] {(byte) depth, (byte) colour, 0, 0, (byte) interlace})
            .array();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    out.writeBytes(chunk("IHDR", header));
    for (byte[] chunk : before) {
      out.writeBytes(chunk);
    }
    int half = stream.length / 2;
    out.writeBytes(chunk("IDAT", Arrays.copyOf(stream, half)));
    out.writeBytes(chunk("IDAT", Arrays.copyOfRange(stream, half, stream.length)));
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] named =
        (type + new String(content, StandardCharsets.ISO_8859_1))
            .getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(named);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DataOutputStream data = new DataOutputStream(out)) {
      data.writeInt(content.length);
      data.write(named);
      data.writeInt((int) sum.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
