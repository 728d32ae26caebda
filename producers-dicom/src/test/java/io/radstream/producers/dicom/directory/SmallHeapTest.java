package io.radstream.producers.dicom.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.SmallJava;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SmallHeapTest {

  private static final String RLE = "1.2.840.10008.1.2.5";
  private static final int HEAP_MIB = 64;

  @TempDir private Path directory;

  @Test
  void shouldRefuseWhatTheHeapHasNoRoomForAndGoOn() throws Exception {
    // Given
    Files.write(directory.resolve("a"), small(1));
    Files.write(directory.resolve("b, a bomb"), bomb());
    Files.write(directory.resolve("c"), small(2));
    Files.write(directory.resolve("d, a huge picture"), hugeRunLengths());
    Files.write(directory.resolve("e"), small(3));
    writeLong(directory.resolve("f, a long file"));
    Files.write(directory.resolve("g"), small(4));

    // When
    List<String> printed =
        SmallJava.run(HEAP_MIB, PrintDirectory.class, directory.toAbsolutePath().toString());

    // Then
    assertThat(printed)
        .containsExactly(
            "picture 40 x 32",
            "refused IMAGE_TOO_LARGE",
            "picture 40 x 32",
            "refused IMAGE_TOO_LARGE",
            "picture 40 x 32",
            "refused IMAGE_TOO_LARGE",
            "picture 40 x 32",
            "done");
  }

  private static byte[] small(int number) {
    return DicomWriter.chest(DicomWriter.DEFLATED)
        .text(0x0008_0018, "UI", "1.2.3.4." + number)
        .gray8(40, 32, new byte[40 * 32])
        .file();
  }

  /** 100 MB of zeros in 100 kB. */
  private static byte[] bomb() {
    byte[] bomb = DicomWriter.deflatedZeros(100);
    byte[] head = new DicomWriter(DicomWriter.DEFLATED).file();
    int empty = DicomWriter.deflated(new byte[0]).length;
    return ByteBuffer.allocate(head.length - empty + bomb.length)
        .put(head, 0, head.length - empty)
        .put(bomb)
        .array();
  }

  /** A picture of 128 MB in a few bytes. */
  private static byte[] hugeRunLengths() {
    ByteBuffer frame = ByteBuffer.allocate(66).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(2).putInt(64).putInt(64);
    return DicomWriter.chest(RLE)
        .picture(8000, 8000, 1, 16, 12, "MONOCHROME2")
        .fragments(new int[] {0}, frame.array())
        .file();
  }

  private static void writeLong(Path path) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(small(5));
      file.setLength(100 << 20);
    }
  }
}
