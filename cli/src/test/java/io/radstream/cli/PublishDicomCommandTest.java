package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class PublishDicomCommandTest {

  private static final int SIDE = 64;

  @Test
  void shouldPublishADirectoryAndThenOnlyWhatIsNew(KafkaConnection cluster, @TempDir Path directory)
      throws Exception {
    // Given
    Files.write(directory.resolve("one"), radiograph("1", "CHEST"));
    Files.write(directory.resolve("two"), radiograph("2", "CHEST"));
    Files.write(directory.resolve("hand"), radiograph("3", "HAND"));
    Files.writeString(directory.resolve("notes.txt"), "no DICOM");
    Invocation first = run(cluster, directory);
    Files.write(directory.resolve("three"), radiograph("4", "CHEST"));

    // When
    Invocation second = run(cluster, directory);

    // Then
    assertThat(first.exitCode()).as(first.err()).isEqualTo(Radstream.DONE);
    assertThat(json(first).get("sent").asLong()).isEqualTo(2);
    assertThat(json(first).get("refused").get("OTHER_EXAMINATION").asLong()).isEqualTo(1);
    assertThat(first.err())
        .contains("Passed over 1 files that are no DICOM and 0 that were published before")
        .doesNotContain("hand");
    assertThat(json(second).get("sent").asLong()).isEqualTo(1);
    assertThat(second.err()).contains("and 2 that were published before");
  }

  @Test
  void shouldSayThatThereIsNoSuchDirectory(KafkaConnection cluster, @TempDir Path directory) {
    // When
    Invocation invocation = run(cluster, directory.resolve("none"));

    // Then
    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("there is no such directory");
  }

  private static Invocation run(KafkaConnection cluster, Path directory) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "publish",
                "dicom",
                directory.toString(),
                "--demo-key",
                "--bootstrap",
                cluster.bootstrap(),
                "--registry",
                cluster.registry(),
                "--topic-prefix",
                cluster.topics().prefix(),
                "--json"));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private static JsonNode json(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  /** As small as such a file may be. */
  private static byte[] radiograph(String number, String bodyPart) {
    byte[] gray = new byte[SIDE * SIDE];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) (i * Integer.parseInt(number));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    text(file, 0x0002_0010, "UI", "1.2.840.10008.1.2.1");
    text(file, 0x0008_0018, "UI", "1.2.3.4." + number);
    text(file, 0x0008_0050, "SH", "ACC" + number);
    text(file, 0x0008_0060, "CS", "DX");
    text(file, 0x0010_0020, "LO", "P" + number);
    text(file, 0x0018_0015, "CS", bodyPart);
    text(file, 0x0028_0004, "CS", "MONOCHROME2");
    number(file, 0x0028_0010, SIDE);
    number(file, 0x0028_0011, SIDE);
    number(file, 0x0028_0100, 8);
    file.writeBytes(header(0x7FE0_0010, "OB", 12).putInt(8, gray.length).array());
    file.writeBytes(gray);
    return file.toByteArray();
  }

  private static void text(ByteArrayOutputStream file, int tag, String vr, String text) {
    String even = text.length() % 2 == 0 ? text : text + (vr.equals("UI") ? "\0" : " ");
    file.writeBytes(header(tag, vr, 8).putShort(6, (short) even.length()).array());
    file.writeBytes(even.getBytes(StandardCharsets.US_ASCII));
  }

  private static void number(ByteArrayOutputStream file, int tag, int number) {
    file.writeBytes(
        header(tag, "US", 10).putShort(6, (short) 2).putShort(8, (short) number).array());
  }

  private static ByteBuffer header(int tag, String vr, int bytes) {
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .put(vr.getBytes(StandardCharsets.US_ASCII));
  }
}
