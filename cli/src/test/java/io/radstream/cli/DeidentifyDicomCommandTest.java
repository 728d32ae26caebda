package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.schemas.KafkaConnection;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class DeidentifyDicomCommandTest {

  private static final int SIDE = 64;
  private static final int STUDY_PSEUDONYM = 0x0013_1001;

  @TempDir private Path source;
  @TempDir private Path work;

  @Test
  void shouldNameStudiesAsTheyArePublished(KafkaConnection cluster) throws Exception {
    // Given: one with an accession number, and one without
    Path key = Files.writeString(work.resolve("site.key"), "a key of one hospital");
    Files.write(source.resolve("Beispiel"), radiograph("1", "ACC1"));
    Files.write(source.resolve("other"), radiograph("2", ""));
    Invocation published =
        onCluster(cluster, "publish", "dicom", source.toString(), "--pseudonym-key-file", key);

    // When
    Invocation deidentified =
        Invocation.of(
            "deidentify",
            "dicom",
            source.toString(),
            "--out",
            work.resolve("out").toString(),
            "--pseudonym-key-file",
            key.toString(),
            "--json");

    // Then
    assertThat(json(published).get("sent").asLong()).isEqualTo(2);
    assertThat(deidentified.exitCode()).as(deidentified.err()).isEqualTo(Radstream.DONE);
    assertThat(json(deidentified).get("written").asLong()).isEqualTo(2);
    List<String> named = new ArrayList<>();
    for (Path file : files(work.resolve("out"))) {
      Dataset header = DicomFile.read(Files.readAllBytes(file)).dataset();
      named.add(header.text(STUDY_PSEUDONYM).orElseThrow());
      assertThat(file.getParent().getFileName().toString()).isEqualTo(named.get(named.size() - 1));
    }
    assertThat(named)
        .containsExactlyInAnyOrder(
            lineage(cluster, key, "--accession", "ACC1"),
            lineage(cluster, key, "--study-uid", "1.2.3.2"));
    for (String study : named) {
      Invocation peek = onCluster(cluster, "topics", "peek", "studies", "--key", study);
      assertThat(peek.exitCode()).as(peek.err()).isEqualTo(Radstream.DONE);
    }
  }

  @Test
  void shouldNotWriteIntoWhatItReads() {
    // When
    Invocation invocation =
        Invocation.of(
            "deidentify", "dicom", source.toString(), "--out", source.resolve("out").toString());

    // Then
    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--out must not lie within DIR");
  }

  /** The pseudonym that the command finds for a study as the site names it. */
  private static String lineage(KafkaConnection cluster, Path key, String option, String name)
      throws Exception {
    Invocation lineage =
        onCluster(cluster, "lineage", option, name, "--pseudonym-key-file", key, "--json");
    assertThat(lineage.exitCode()).as(lineage.err()).isEqualTo(Radstream.DONE);
    return json(lineage).get("study_id").asText();
  }

  private static Invocation onCluster(KafkaConnection cluster, Object... arguments) {
    List<String> all = new ArrayList<>(Arrays.stream(arguments).map(Object::toString).toList());
    all.addAll(List.of("--bootstrap", cluster.bootstrap(), "--registry", cluster.registry()));
    all.addAll(List.of("--topic-prefix", cluster.topics().prefix()));
    if (all.get(0).equals("publish")) {
      all.add("--json");
    }
    return Invocation.of(all.toArray(String[]::new));
  }

  private static List<Path> files(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static JsonNode json(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  /** As small as such a file may be. */
  private static byte[] radiograph(String number, String accession) {
    byte[] gray = new byte[SIDE * SIDE];
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[128]);
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    text(file, 0x0002_0010, "UI", "1.2.840.10008.1.2.1");
    text(file, 0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.1.1");
    text(file, 0x0008_0018, "UI", "1.2.3.4." + number);
    text(file, 0x0008_0050, "SH", accession);
    text(file, 0x0008_0060, "CS", "DX");
    text(file, 0x0010_0020, "LO", "P" + number);
    text(file, 0x0018_0015, "CS", "CHEST");
    text(file, 0x0020_000D, "UI", "1.2.3." + number);
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
