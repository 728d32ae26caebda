package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedCluster.class)
class PublishDatasetCommandTest {

  @TempDir private Path set;

  @BeforeEach
  void layOut() throws IOException {
    Path pictures = Files.createDirectories(set.resolve("CXR_png"));
    byte[] png = ImageEncoder.png(new GrayImage(64, 64, new byte[64 * 64]));
    Files.write(pictures.resolve("CHNCXR_0001_0.png"), png);
    Files.write(pictures.resolve("CHNCXR_0002_1.png"), png);
    Files.write(pictures.resolve("CHNCXR_0003_1.png"), new byte[] {1, 2, 3});
  }

  @Test
  void shouldPublishASetAndOnlyTheRestOfItAgain(KafkaConnection cluster) throws Exception {
    Invocation first = run(cluster, "shenzhen-tb", "--name", "tb-twice");
    Invocation second = run(cluster, "shenzhen-tb", "--name", "tb-twice");

    assertThat(first.exitCode()).as(first.err()).isEqualTo(Radstream.DONE);
    assertThat(first.json().get("sent").asLong()).isEqualTo(2);
    assertThat(first.json().get("labelled").asLong()).isEqualTo(2);
    assertThat(first.json().get("refused").get("UNDECODABLE_IMAGE").asLong()).isEqualTo(1);
    assertThat(first.err())
        .contains("Warning: not the set as published: 3 images found, 662 expected");
    assertThat(second.json().get("sent").asLong()).isZero();
    assertThat(second.err()).contains("2 studies had been sent before.");
  }

  @Test
  void shouldSendNothingOfAnotherSetThanThePublishedWhereThatIsAsked(KafkaConnection cluster) {
    Invocation invocation = run(cluster, "shenzhen-tb", "--strict", "--name", "tb-strict");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("662 expected").contains("because of --strict");
  }

  @Test
  void shouldPublishASample(KafkaConnection cluster) throws Exception {
    Invocation invocation = run(cluster, "shenzhen-tb", "--sample=1", "--seed=2", "--name=tb-few");

    JsonNode summary = invocation.json();
    long handled = summary.get("sent").asLong() + summary.get("refused").size();
    assertThat(handled).isEqualTo(1);
  }

  @Test
  void shouldReadDicomThatHasNothingButItsPicture(KafkaConnection cluster) throws Exception {
    Files.writeString(
        set.resolve("train.csv"),
        """
        image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max
        aa,Cardiomegaly,3,R7,10,20,30,40
        """);
    Files.createDirectories(set.resolve("train"));
    Files.write(set.resolve("train/aa.dicom"), bareDicom(64, 48));

    JsonNode summary = run(cluster, "vinbigdata", "--name", "vin").json();

    assertThat(summary.get("sent").asLong()).isEqualTo(1);
    assertThat(summary.get("labelled").asLong()).isEqualTo(1);
  }

  @Test
  void shouldWantASampleOfAtLeastOne(KafkaConnection cluster) {
    Invocation invocation = run(cluster, "shenzhen-tb", "--sample=0");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--sample: a sample has at least 1 study");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mimic-cxr-jpg",
        "openi",
        "padchest",
        "chexpert-plus",
        "covid-idc",
        "nih-chestxray14",
        "vinbigdata"
      })
  void shouldNameTheFileThatIsMissingAndWhereItComesFrom(String name, KafkaConnection cluster) {
    Invocation invocation = run(cluster, name);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("missing in " + set).contains("comes with");
  }

  /** Explicit VR, little endian; 16 of 16 bits; no UID, no modality, no body part. */
  private static byte[] bareDicom(int columns, int rows) {
    byte[] syntax = "1.2.840.10008.1.2.1\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(400 + 2 * columns * rows).order(ByteOrder.LITTLE_ENDIAN);
    file.position(128);
    file.put("DICM".getBytes(StandardCharsets.US_ASCII));
    element(
        file,
        0x0002,
        0x0000,
        "UL",
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(8 + syntax.length).array());
    element(file, 0x0002, 0x0010, "UI", syntax);
    unsigned(file, 0x0002, 1);
    element(file, 0x0028, 0x0004, "CS", "MONOCHROME2 ".getBytes(StandardCharsets.US_ASCII));
    unsigned(file, 0x0010, rows);
    unsigned(file, 0x0011, columns);
    unsigned(file, 0x0100, 16);
    unsigned(file, 0x0101, 16);
    unsigned(file, 0x0102, 15);
    unsigned(file, 0x0103, 0);
    file.putShort((short) 0x7FE0).putShort((short) 0x0010);
    file.put("OW\0\0".getBytes(StandardCharsets.US_ASCII)).putInt(2 * columns * rows);
    for (int pixel = 0; pixel < columns * rows; pixel++) {
      file.putShort((short) (pixel * 20));
    }
    return Arrays.copyOf(file.array(), file.position());
  }

  private static void unsigned(ByteBuffer file, int element, int value) {
    element(file, 0x0028, element, "US", new byte[] {(byte) value, (byte) (value >> 8)});
  }

  private static void element(ByteBuffer file, int group, int element, String type, byte[] value) {
    file.putShort((short) group).putShort((short) element);
    file.put(type.getBytes(StandardCharsets.US_ASCII)).putShort((short) value.length).put(value);
  }

  private Invocation run(KafkaConnection cluster, String source, String... options) {
    List<String> words = new ArrayList<>(List.of("publish", source, "--path", set.toString()));
    words.addAll(List.of(options));
    return Invocation.on(cluster, words.toArray(String[]::new));
  }
}
