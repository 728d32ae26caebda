package io.radstream.producers.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.directory.FileTree;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.schemas.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeidentifiedDirectoryTest {

  private static final Path PROGRAMS = Path.of("/usr/bin");

  private final FileDeidentifier deidentifier =
      new FileDeidentifier(Site.rules(Treatment.REFUSE, Optional.of(BodyParts.CHEST)));

  @TempDir private Path source;
  @TempDir private Path output;

  @AfterEach
  void close() {
    deidentifier.close();
  }

  @Test
  void shouldGoOnAfterHostileFilesAndTellThemByNumber() throws Exception {
    // Given
    byte[] whole = chest("1", "Beispiel");
    Files.write(source.resolve("a"), whole);
    Files.write(source.resolve("b"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(source.resolve("c-Beispiel.txt"), "no DICOM");
    Files.write(source.resolve("d-Beispiel"), chest("2", "Beispiel"));

    // When
    DeidentifySummary summary = run();

    // Then
    assertThat(summary.written()).isEqualTo(2);
    assertThat(summary.studies()).isEqualTo(1);
    assertThat(summary.noDicom()).isEqualTo(1);
    assertThat(summary.refused()).containsOnly(Map.entry(RejectionReason.INVALID_RECORD, 1L));
    assertThat(summary.refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.number()).isEqualTo(2))
        .satisfies(refusal -> assertThat(refusal.explanation()).contains("truncated"));
    assertThat(written())
        .hasSize(2)
        .allSatisfy(file -> assertThat(file.toString()).doesNotContain("Beispiel"))
        .allSatisfy(file -> assertThat(file.getFileName().toString()).startsWith("2.25."));
  }

  @Test
  void shouldChangeNothingWhenRunAgain() throws Exception {
    // Given
    Files.write(source.resolve("a"), chest("1", "Beispiel"));
    run();
    byte[] before = Files.readAllBytes(written().get(0));

    // When
    DeidentifySummary again = run();

    // Then
    assertThat(again.written()).isZero();
    assertThat(again.unchanged()).isEqualTo(1);
    assertThat(written()).hasSize(1);
    assertThat(Files.readAllBytes(written().get(0))).isEqualTo(before);
  }

  @Test
  void shouldNeverWriteOverAnotherFile() throws Exception {
    // Given: two files that claim one UID
    Files.write(source.resolve("a"), chest("1", "Beispiel"));
    run();
    byte[] before = Files.readAllBytes(written().get(0));
    Files.write(
        source.resolve("a"),
        writer("1", "Beispiel").text(Tag.SERIES_DESCRIPTION, "LO", "corrected").file());

    // When
    DeidentifySummary again = run();

    // Then
    assertThat(again.taken()).isEqualTo(1);
    assertThat(again.refusals()).hasSize(1);
    assertThat(written()).hasSize(1);
    assertThat(Files.readAllBytes(written().get(0))).isEqualTo(before);
  }

  @Test
  void shouldStopBetweenFilesWhenAsked() throws Exception {
    // Given
    Files.write(source.resolve("a"), chest("1", "Beispiel"));

    // When
    DeidentifySummary summary =
        new DeidentifiedDirectory(FileTree.of(source), output, deidentifier, InstantSource.system())
            .run(() -> false, files -> {});

    // Then
    assertThat(summary.complete()).isFalse();
    assertThat(written()).isEmpty();
  }

  @Test
  void shouldWriteFilesThatAnotherProgramReads() throws Exception {
    // Given
    assumeThat(PROGRAMS.resolve("dcmdump"))
        .as("dcmdump of dcmtk is not installed: nothing is tried with it")
        .isExecutable();
    Files.write(source.resolve("a"), chest("1", "Müller"));
    run();

    // When
    Process process =
        new ProcessBuilder("dcmdump", "--verbose", "+U8", written().get(0).toString())
            .redirectErrorStream(true)
            .start();
    String dump = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // Then
    assertThat(process.waitFor()).as(dump).isZero();
    assertThat(dump)
        .contains("(0012,0064) SQ", "LittleEndianExplicit", "RADSTREAM")
        .doesNotContain("W:")
        .doesNotContain("E:")
        .doesNotContain("Müller");
  }

  private DeidentifySummary run() throws Exception {
    return new DeidentifiedDirectory(
            FileTree.of(source), output, deidentifier, InstantSource.system())
        .run(() -> true, files -> {});
  }

  private List<Path> written() throws Exception {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(file -> file.toString().endsWith(".dcm")).sorted().toList();
    }
  }

  private static byte[] chest(String number, String name) {
    return writer(number, name).file();
  }

  private static DicomWriter writer(String number, String name) {
    return DicomWriter.chest(DicomWriter.EXPLICIT)
        .text(Tag.SOP_INSTANCE_UID, "UI", "1.2.3.4." + number)
        .text(Tag.PATIENT_NAME, "PN", name)
        .gray8(40, 32, new byte[40 * 32]);
  }
}
