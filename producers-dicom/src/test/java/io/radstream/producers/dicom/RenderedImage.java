package io.radstream.producers.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small image that dcmtk shows as well.
 *
 * @param options with which dcmtk shows what we show
 */
public record RenderedImage(String name, byte[] file, List<String> options) {

  static final int WIDTH = 40;
  static final int HEIGHT = 32;

  private static final String RLE = "1.2.840.10008.1.2.5";
  private static final String WINDOW = "+Wi 1";
  private static final int LUT_DESCRIPTOR = 0x0028_3002;
  private static final int LUT_DATA = 0x0028_3006;

  @Override
  public String toString() {
    return name;
  }

  /** All of them; the same in every run. */
  public static List<RenderedImage> all() {
    List<RenderedImage> images = new ArrayList<>(gray());
    images.addAll(tables());
    images.addAll(colour());
    return images;
  }

  private static List<RenderedImage> gray() {
    return List.of(
        image("window", WINDOW, gray(DicomWriter.EXPLICIT, 12, 0)),
        image("implicit", WINDOW, gray(DicomWriter.IMPLICIT, 12, 0)),
        image("big-endian", WINDOW, gray(DicomWriter.BIG_ENDIAN, 12, 0)),
        image("deflated", WINDOW, gray(DicomWriter.DEFLATED, 12, 0)),
        image("turned", WINDOW, turned(gray(DicomWriter.EXPLICIT, 12, 0))),
        image("turned-by-shape", WINDOW, shaped(gray(DicomWriter.EXPLICIT, 12, 0), "INVERSE")),
        image("turned-once", WINDOW, shaped(turned(gray(DicomWriter.EXPLICIT, 12, 0)), "INVERSE")),
        image("upright", WINDOW, shaped(turned(gray(DicomWriter.EXPLICIT, 12, 0)), "IDENTITY")),
        image("strange-shape", WINDOW, shaped(turned(gray(DicomWriter.EXPLICIT, 12, 0)), "LIN OD")),
        image("sixteen-bits", WINDOW, gray(DicomWriter.EXPLICIT, 16, 0)),
        image("ten-bits", WINDOW, gray(DicomWriter.EXPLICIT, 10, 0)),
        // In the four bits that are free stands an overlay, as devices did it once.
        image("overlay-above", WINDOW, gray(DicomWriter.EXPLICIT, 12, 0xA000)),
        image("overlay-below", WINDOW, highBits()),
        image("signed", WINDOW, signed()),
        image(
            "sigmoid",
            WINDOW,
            gray(DicomWriter.EXPLICIT, 12, 0).text(0x0028_1056, "CS", "SIGMOID")),
        image("narrow", WINDOW, window(gray(DicomWriter.EXPLICIT, 12, 0), "2048", "1")),
        image("eight-bits", "", eight(DicomWriter.EXPLICIT)),
        image("eight-bits-big-endian", "", eight(DicomWriter.BIG_ENDIAN)),
        image("eight-bits-turned", "", turned(eight(DicomWriter.EXPLICIT))),
        image("eight-bits-by-shape", "", shaped(eight(DicomWriter.EXPLICIT), "INVERSE")),
        image("run-lengths", WINDOW, runLengths()));
  }

  private static List<RenderedImage> tables() {
    DicomWriter voi = new DicomWriter(DicomWriter.EXPLICIT);
    voi.shorts(LUT_DESCRIPTOR, 3000, 500, 12).shorts(LUT_DATA, curve(3000, 4095));
    DicomWriter modality = new DicomWriter(DicomWriter.EXPLICIT);
    modality.shorts(LUT_DESCRIPTOR, 4096, 0, 16).shorts(LUT_DATA, curve(4096, 60000));
    return List.of(
        image(
            "voi-table",
            "+Wl 1",
            gray(DicomWriter.EXPLICIT, 12, 0).sequence(0x0028_3010, false, voi)),
        image(
            "voi-table-by-shape",
            "+Wl 1",
            shaped(gray(DicomWriter.EXPLICIT, 12, 0).sequence(0x0028_3010, false, voi), "INVERSE")),
        image(
            "modality-table",
            WINDOW,
            window(
                gray(DicomWriter.EXPLICIT, 12, 0).sequence(0x0028_3000, true, modality),
                "30000",
                "50000")));
  }

  private static List<RenderedImage> colour() {
    byte[] pixels = new byte[3 * WIDTH * HEIGHT];
    byte[] planes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (90 + stored(i / 3, 60) + i % 3 * 20);
      planes[i % 3 * WIDTH * HEIGHT + i / 3] = pixels[i];
    }
    return List.of(
        image("rgb", "+G", colour("RGB", 0, pixels)),
        image("rgb-in-planes", "+G", colour("RGB", 1, planes)),
        image("brightness", "+G", colour("YBR_FULL", 0, muted(pixels))),
        image("palette", "+G", palette()));
  }

  /** So near to gray that no colour is cut off on its way to red, green and blue and back. */
  private static byte[] muted(byte[] pixels) {
    byte[] muted = pixels.clone();
    for (int i = 0; i < muted.length; i++) {
      muted[i] = i % 3 == 0 ? muted[i] : (byte) (128 + i % 5);
    }
    return muted;
  }

  private static DicomWriter colour(String photometric, int planar, byte[] cells) {
    return DicomWriter.chest(DicomWriter.EXPLICIT)
        .picture(WIDTH, HEIGHT, 3, 8, 8, photometric)
        .shorts(0x0028_0006, planar)
        .bytes(0x7FE0_0010, "OB", cells);
  }

  private static DicomWriter palette() {
    DicomWriter image = eight(DicomWriter.EXPLICIT).text(0x0028_0004, "CS", "PALETTE COLOR");
    for (int i = 0; i < 3; i++) {
      int[] entries = new int[256];
      for (int entry = 0; entry < entries.length; entry++) {
        entries[entry] = (entry * (i + 1) % 256) * 257;
      }
      image.shorts(0x0028_1101 + i, 256, 0, 16).bytes(0x0028_1201 + i, "OW", shortBytes(entries));
    }
    return image;
  }

  private static byte[] shortBytes(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(value -> bytes.putShort((short) value));
    return bytes.array();
  }

  static DicomWriter gray(String syntax, int bits, int above) {
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (stored(i, 1 << bits) | above);
    }
    int most = 1 << bits;
    return window(
        DicomWriter.chest(syntax).gray16(WIDTH, HEIGHT, bits, cells),
        Integer.toString(most / 2 + 100),
        Integer.toString(most * 3 / 4));
  }

  private static DicomWriter highBits() {
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (stored(i, 4096) << 4 | i % 16);
    }
    return window(
        DicomWriter.chest(DicomWriter.EXPLICIT)
            .gray16(WIDTH, HEIGHT, 12, cells)
            .shorts(0x0028_0102, 15),
        "2000",
        "3500");
  }

  private static DicomWriter signed() {
    short[] cells = new short[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (stored(i, 4096) - 2048 & 0x0FFF);
    }
    DicomWriter image =
        DicomWriter.chest(DicomWriter.EXPLICIT)
            .gray16(WIDTH, HEIGHT, 12, cells)
            .shorts(0x0028_0103, 1)
            .text(0x0028_1052, "DS", "-100")
            .text(0x0028_1053, "DS", "0.5");
    return window(image, "-50", "1800.5");
  }

  private static DicomWriter eight(String syntax) {
    byte[] cells = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (byte) stored(i, 256);
    }
    return DicomWriter.chest(syntax).gray8(WIDTH, HEIGHT, cells);
  }

  private static DicomWriter runLengths() {
    byte[] high = new byte[WIDTH * HEIGHT];
    byte[] low = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < high.length; i++) {
      high[i] = (byte) (stored(i, 4096) >>> 8);
      low[i] = (byte) stored(i, 4096);
    }
    byte[] first = packBits(high);
    byte[] second = packBits(low);
    ByteBuffer frame =
        ByteBuffer.allocate(64 + first.length + second.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(2).putInt(64).putInt(64 + first.length).position(64);
    frame.put(first).put(second);
    return window(
            DicomWriter.chest(RLE).picture(WIDTH, HEIGHT, 1, 16, 12, "MONOCHROME2"), "2048", "3000")
        .fragments(new int[] {0}, frame.array());
  }

  /** Runs of what is alike, and single bytes of what is not. */
  private static byte[] packBits(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int position = 0;
    while (position < bytes.length) {
      int run = 1;
      while (position + run < bytes.length
          && run < 128
          && bytes[position + run] == bytes[position]) {
        run++;
      }
      packed.write(run > 1 ? 1 - run : 0);
      packed.write(bytes[position]);
      position += run;
    }
    if (packed.size() % 2 == 1) {
      packed.write(128);
    }
    return packed.toByteArray();
  }

  /** Rising to the right and down, with something like noise. */
  static int stored(int pixel, int most) {
    int x = pixel % WIDTH;
    int y = pixel / WIDTH;
    return (int) ((x * 997L + y * 641L + x * y % 7 * 53L) * most / 64000) % most;
  }

  private static int[] curve(int entries, int most) {
    int[] curve = new int[entries];
    for (int i = 0; i < entries; i++) {
      curve[i] = (int) Math.round(most * Math.pow(i / (entries - 1.0), 0.7));
    }
    curve[entries - 1] = most;
    return curve;
  }

  private static DicomWriter window(DicomWriter image, String centre, String width) {
    return image.text(0x0028_1050, "DS", centre).text(0x0028_1051, "DS", width);
  }

  private static DicomWriter turned(DicomWriter image) {
    return image.text(0x0028_0004, "CS", "MONOCHROME1");
  }

  private static DicomWriter shaped(DicomWriter image, String shape) {
    return image.text(0x2050_0020, "CS", shape);
  }

  private static RenderedImage image(String name, String options, DicomWriter image) {
    List<String> words = options.isEmpty() ? List.of() : Arrays.asList(options.split(" "));
    return new RenderedImage(name, image.file(), words);
  }
}
