package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.image.GrayImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** The programs of dcmtk. */
record Dcmtk(Path directory) {

  private static final int PGM_BYTES = 255;

  /**
   * Writes a radiograph of 12 bits.
   *
   * @return the DICOM file
   */
  Path write(Radiograph radiograph) throws IOException, InterruptedException {
    String name = radiograph.instance();
    GrayImage image = radiograph.image();
    byte[] cells = new byte[2 * image.pixels().length];
    for (int i = 0; i < image.pixels().length; i++) {
      // Sixteen shades of each gray level, so that the window has something to do.
      int value = (image.pixels()[i] & 0xFF) * 16 + i % 16;
      cells[2 * i] = (byte) value;
      cells[2 * i + 1] = (byte) (value >>> 8);
    }
    Files.write(directory.resolve(name + ".raw"), cells);
    Path dump = directory.resolve(name + ".dump");
    Files.writeString(dump, dump(radiograph, name + ".raw"));
    Path file = directory.resolve(name + ".dcm");
    run("dump2dcm", "+te", dump.toString(), file.toString());
    return file;
  }

  private static String dump(Radiograph radiograph, String pixels) {
    return """
        (0008,0016) UI [1.2.840.10008.5.1.4.1.1.1.1]
        (0008,0018) UI [%s]
        (0008,0020) DA [%s]
        (0008,0030) TM [101500]
        (0008,0050) SH [%s]
        (0008,0060) CS [DX]
        (0010,0010) PN [Canary^Carla]
        (0010,0020) LO [%s]
        (0018,0015) CS [CHEST]
        (0018,5101) CS [%s]
        (0020,000d) UI [%s]
        (0020,000e) UI [%s]
        (0028,0002) US 1
        (0028,0004) CS [%s]
        (0028,0010) US %d
        (0028,0011) US %d
        (0028,0100) US 16
        (0028,0101) US 12
        (0028,0102) US 11
        (0028,0103) US 0
        (0028,1050) DS [2048]
        (0028,1051) DS [3600]
        (7fe0,0010) OW =%s
        """
        .formatted(
            radiograph.instance(),
            radiograph.date(),
            radiograph.accession(),
            radiograph.patient(),
            radiograph.position(),
            radiograph.study(),
            radiograph.study() + ".1",
            radiograph.photometric(),
            radiograph.image().height(),
            radiograph.image().width(),
            pixels);
  }

  /** What a file looks like, by its own window. */
  GrayImage render(Path file) throws IOException, InterruptedException {
    Path picture = directory.resolve(file.getFileName() + ".pgm");
    run("dcmj2pnm", "+op", "+Wi", "1", file.toString(), picture.toString());
    byte[] content = Files.readAllBytes(picture);
    Scanner head = new Scanner(new String(content, StandardCharsets.ISO_8859_1));
    assertThat(head.next()).isEqualTo("P5");
    int width = head.nextInt();
    int height = head.nextInt();
    assertThat(head.nextInt()).isEqualTo(PGM_BYTES);
    byte[] pixels = new byte[width * height];
    System.arraycopy(content, content.length - pixels.length, pixels, 0, pixels.length);
    return new GrayImage(width, height, pixels);
  }

  /** Sends files to an archive. */
  void store(int port, List<Path> files) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("storescu", "-aec", "ORTHANC", "127.0.0.1", Integer.toString(port)));
    files.forEach(file -> command.add(file.toString()));
    run(command.toArray(String[]::new));
  }

  private void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as("%s: %s", command[0], output).isZero();
  }
}
