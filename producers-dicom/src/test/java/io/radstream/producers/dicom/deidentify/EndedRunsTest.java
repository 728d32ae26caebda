package io.radstream.producers.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.deidentification.text.SiteList;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.Encoders;
import io.radstream.producers.dicom.Encoders.Way;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.directory.FileTree;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.schemas.RejectionReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are killed, gone on with, or run beside each other. */
@Timeout(120)
class EndedRunsTest {

  private static final int FILES = 12;
  private static final int SIDE = 256;
  private static final Rules RULES = Site.rules(Treatment.REFUSE, Optional.of(BodyParts.CHEST));

  @TempDir private Path source;
  @TempDir private Path output;
  @TempDir private Path other;

  /** In another process, which is killed while it works. */
  static final class Worker {

    private Worker() {}

    public static void main(String[] arguments) throws IOException {
      try (FileDeidentifier deidentifier = new FileDeidentifier(RULES)) {
        directory(Path.of(arguments[0]), Path.of(arguments[1]), deidentifier, 2)
            .run(() -> true, Worker::tellAndStay);
      }
    }

    private static void tellAndStay(long files) {
      System.out.println(files);
      try {
        if (files == 3 && System.in.read() >= 0) {
          throw new IllegalStateException("it is to be killed here");
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void shouldLeaveWholeFilesWhenKilledAndGoOnFromThere() throws Exception {
    // Given
    plant();
    run(other, RULES, 2);
    killedAfterThree();
    Map<String, byte[]> before = written(output);

    // When
    DeidentifySummary summary = run(output, RULES, 2);

    // Then
    assertThat(before).hasSize(3);
    for (byte[] file : before.values()) {
      assertThat(DicomFile.read(file).dataset().has(Tag.PIXEL_DATA)).isTrue();
    }
    assertThat(summary.unchanged()).isEqualTo(3);
    assertThat(summary.written()).isEqualTo(FILES - 3);
    assertThat(summary.complete()).isTrue();
    assertSame(written(output), written(other));
    assertThat(parts()).isEmpty();
  }

  private void killedAfterThree() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                source.toString(),
                output.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      assertThat(told.readLine()).isEqualTo("1");
      assertThat(told.readLine()).isEqualTo("2");
      assertThat(told.readLine()).isEqualTo("3");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldNotLookAgainAtWhatIsDone(@TempDir(cleanup = CleanupMode.NEVER) Path libraries)
      throws Exception {
    // Given: a picture that must be unpacked, and nobody left who could
    Encoders.load(libraries);
    byte[] packed = Encoders.encode(Way.JPEG_LS, SIDE, SIDE, new short[SIDE * SIDE]);
    Files.write(
        source.resolve("a"),
        DicomWriter.chest(Way.JPEG_LS.syntax())
            .picture(SIDE, SIDE, 1, 16, 12, "MONOCHROME2")
            .fragments(new int[0], packed)
            .file());
    FileDeidentifier deidentifier = new FileDeidentifier(RULES);
    directory(source, output, deidentifier, 1).run(() -> true, files -> {});
    deidentifier.close();

    // When
    DeidentifySummary again =
        directory(source, output, deidentifier, 1).run(() -> true, files -> {});

    // Then
    assertThat(again.unchanged()).isEqualTo(1);
    assertThat(again.studies()).isEqualTo(1);
    assertThat(again.refusedTotal()).isZero();
  }

  @Test
  void shouldDoAgainWhatIsGoneOrWhatOtherSettingsAskFor() throws Exception {
    // Given: a file that went, and one that says what is on a list now
    plant();
    run(output, RULES, 2);
    Map<String, byte[]> before = written(output);
    Path gone = output.resolve(before.keySet().iterator().next());
    Files.delete(gone);

    // When
    DeidentifySummary again = run(output, RULES, 2);
    DeidentifySummary listed = run(output, listing("sunday"), 2);
    DeidentifySummary unlisted = run(output, listing("monday"), 2);

    // Then
    assertThat(again.written()).isEqualTo(1);
    assertThat(again.unchanged()).isEqualTo(FILES - 1);
    assertThat(listed.taken()).isEqualTo(FILES);
    assertThat(listed.refusals())
        .first()
        .satisfies(it -> assertThat(it.reason()).isEqualTo(RejectionReason.OTHER));
    assertThat(unlisted.unchanged()).isEqualTo(FILES);
    assertSame(written(output), before);
  }

  @Test
  void shouldDoAgainWhatACutOrStrangeListOfDoneFilesTells() throws Exception {
    // Given
    plant();
    run(output, RULES, 2);
    Path list = output.resolve(".radstream/done");
    byte[] lines = Files.readAllBytes(list);
    Files.write(list, Arrays.copyOf(lines, lines.length - 9));
    Files.write(list, new byte[] {(byte) 0xFF, 'x'}, StandardOpenOption.APPEND);

    // When
    DeidentifySummary again = run(output, RULES, 2);

    // Then
    assertThat(again.unchanged()).isEqualTo(FILES);
    assertThat(new String(Files.readAllBytes(list), StandardCharsets.ISO_8859_1))
        .doesNotContain("Beispiel")
        .endsWith(new String(lines, StandardCharsets.US_ASCII).substring(lines.length - 33));
  }

  @Test
  void shouldWriteTheSameWithHoweverManyThreads() throws Exception {
    // Given: of two that claim one UID the first
    plant();
    Files.write(source.resolve("b"), chest(0, "tuesday"));

    // When
    DeidentifySummary one = run(output, RULES, 1);
    DeidentifySummary many = run(other, RULES, 5);

    // Then
    assertThat(one.taken()).isEqualTo(1);
    assertThat(many.taken()).isEqualTo(1);
    assertSame(written(output), written(other));
  }

  @Test
  void shouldLeaveTheFolderToTheRunThatHasIt() throws Exception {
    // Given
    plant();
    try (OutputFolder first = OutputFolder.open(output)) {

      // When / Then
      assertThat(first.mayHave(new Fingerprint(1, 2))).isFalse();
      assertThatThrownBy(() -> run(output, RULES, 1))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("another run writes into the same folder");
    }
    assertThat(written(output)).isEmpty();
  }

  private static Rules listing(String word) {
    return new Rules(
        Site.PSEUDONYMIZER,
        Site.NAMES,
        SiteList.of(List.of(word)),
        DateOption.SHIFT,
        Treatment.REFUSE,
        Optional.of(BodyParts.CHEST),
        Set.of());
  }

  private DeidentifySummary run(Path to, Rules rules, int threads) throws IOException {
    try (FileDeidentifier deidentifier = new FileDeidentifier(rules)) {
      return directory(source, to, deidentifier, threads).run(() -> true, files -> {});
    }
  }

  private static DeidentifiedDirectory directory(
      Path from, Path to, FileDeidentifier deidentifier, int threads) throws IOException {
    return new DeidentifiedDirectory(
        FileTree.of(from), to, deidentifier, InstantSource.system(), threads);
  }

  private void plant() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.write(source.resolve("a" + (char) ('a' + i)), chest(i, "sunday"));
    }
  }

  private static byte[] chest(int number, String description) {
    byte[] cells = new byte[SIDE * SIDE];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (byte) (100 + 50 * Math.sin((i % SIDE + number) / 40.0) + i / (8.0 * SIDE));
    }
    return DicomWriter.chest(DicomWriter.EXPLICIT)
        .text(Tag.SOP_INSTANCE_UID, "UI", "1.2.3.4." + number)
        .text(Tag.SERIES_DESCRIPTION, "LO", "chest on " + description)
        .gray8(SIDE, SIDE, cells)
        .file();
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }

  /** By their names within the folder. */
  private static Map<String, byte[]> written(Path folder) throws IOException {
    Map<String, byte[]> written = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".dcm")).toList()) {
        written.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return written;
  }

  private static void assertSame(Map<String, byte[]> files, Map<String, byte[]> expected) {
    assertThat(files.keySet()).isEqualTo(expected.keySet());
    files.forEach((name, bytes) -> assertThat(bytes).isEqualTo(expected.get(name)));
  }
}
