package io.radstream.producers.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.deidentification.keys.SiteKey;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrosswalkTest {

  private static final SiteKey KEY = SiteKey.of("a site's key of enough bytes");

  @TempDir Path folder;

  @Test
  void shouldKnowAStudyByAllThatWasNotedOfIt() throws IOException {
    try (CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY);
        CrosswalkReader reader = CrosswalkReader.open(folder, KEY)) {
      writer.note("s1", study("ACC1", image("1")));
      writer.note("s2", study("ACC2", image("9")));
      writer.note("s1", study("ACC1", image("2")));

      Lookup found = reader.find("s1");

      assertThat(found)
          .isEqualTo(
              new Lookup.Known(
                  new KnownStudy("PAT7", "ACC1", "1.2.3", List.of(image("1"), image("2")))));
    }
  }

  @Test
  void shouldShowNothingOfWhatItHolds() throws IOException {
    try (CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY)) {
      writer.note("the-pseudonym", study("ACC1", image("1.2.840.77")));
    }

    String bytes = Files.readString(onlyFile(), StandardCharsets.ISO_8859_1);

    assertThat(bytes).doesNotContain("PAT7", "ACC1", "1.2.3", "1.2.840.77", "the-pseudonym");
    assertThat(study("ACC1").toString()).doesNotContain("PAT7", "ACC1");
    assertThat(Files.getPosixFilePermissions(onlyFile()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void shouldTellAnotherKey() throws IOException {
    CrosswalkWriter.open(folder, KEY).close();
    SiteKey other = SiteKey.of("another key of enough bytes");

    assertThatThrownBy(() -> CrosswalkReader.open(folder, other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("made with another pseudonym key");
  }

  @Test
  void shouldTellAFolderThatIsMissing() {
    assertThatThrownBy(() -> CrosswalkReader.open(folder.resolve("none"), KEY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--crosswalk");
  }

  @Test
  void shouldKeepAllThatIsWholeWhereverAProcessWasKilled() throws IOException {
    try (CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY)) {
      writer.note("s1", study("ACC1"));
      writer.note("s2", study("ACC2"));
    }
    long whole = Files.size(onlyFile());
    try (CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY)) {
      writer.note("s3", study("ACC3"));
    }
    byte[] all = Files.readAllBytes(onlyFile());
    for (int cut = (int) whole + 1; cut < all.length; cut++) {
      Path torn = Files.createDirectory(folder.resolve("torn" + cut));
      Files.write(torn.resolve("crosswalk-000001"), all);
      truncate(torn.resolve("crosswalk-000001"), cut);

      try (CrosswalkWriter writer = CrosswalkWriter.open(torn, KEY);
          CrosswalkReader reader = CrosswalkReader.open(torn, KEY)) {
        writer.note("s4", study("ACC4"));

        assertThat(reader.find("s2")).isInstanceOf(Lookup.Known.class);
        assertThat(reader.find("s3")).isInstanceOf(Lookup.Unknown.class);
        assertThat(reader.find("s4")).isInstanceOf(Lookup.Known.class);
      }
    }
  }

  @Test
  void shouldTakeNoEntryForAnotherThatWasChangedOrMoved() throws IOException {
    try (CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY)) {
      writer.note("s1", study("ACC1"));
    }
    byte[] bytes = Files.readAllBytes(onlyFile());
    bytes[Segment.HEADER_BYTES + Integer.BYTES] ^= 1; // the name
    Files.write(onlyFile(), bytes);

    try (CrosswalkReader reader = CrosswalkReader.open(folder, KEY)) {
      assertThat(reader.find("s1")).isInstanceOf(Lookup.Unknown.class);
    }
  }

  @Test
  void shouldForgetOneStudyWhileOthersReadAndWrite() throws IOException {
    try (CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY);
        CrosswalkReader reader = CrosswalkReader.open(folder, KEY)) {
      writer.note("s1", study("ACC1"));
      writer.note("s2", study("ACC2"));
      writer.note("s1", study("ACC1"));

      int erased = new CrosswalkEraser(folder, KEY).forget("s1");

      assertThat(erased).isEqualTo(2);
      assertThat(reader.find("s1")).isInstanceOf(Lookup.Forgotten.class);
      assertThat(reader.find("s2")).isInstanceOf(Lookup.Known.class);
      writer.note("s1", study("ACC1"));
      assertThat(reader.find("s1")).isInstanceOf(Lookup.Known.class);
    }
  }

  @Test
  void shouldGiveEachWriterAFileAndGoOnInOneThatIsFree() throws IOException {
    try (CrosswalkWriter first = CrosswalkWriter.open(folder, KEY);
        CrosswalkWriter second = CrosswalkWriter.open(folder, KEY)) {
      first.note("s1", study("ACC1"));
      second.note("s2", study("ACC2"));
    }

    try (CrosswalkWriter third = CrosswalkWriter.open(folder, KEY);
        CrosswalkReader reader = CrosswalkReader.open(folder, KEY)) {
      third.note("s3", study("ACC3"));

      assertThat(Stream.of("s1", "s2", "s3")).allMatch(id -> isKnown(reader, id));
      assertThat(new CrosswalkFolder(folder).files()).hasSize(2);
    }
  }

  @Test
  void shouldLoseNothingThatManyThreadsNote() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY);
        CrosswalkReader reader = CrosswalkReader.open(folder, KEY)) {
      List<Callable<Void>> notes =
          IntStream.range(0, 200).mapToObj(i -> noting(writer, "s" + i)).toList();
      for (Future<Void> note : threads.invokeAll(notes)) {
        note.get();
      }

      assertThat(IntStream.range(0, 200)).allMatch(i -> isKnown(reader, "s" + i));
    } finally {
      threads.shutdown();
    }
  }

  private static Callable<Void> noting(CrosswalkWriter writer, String id) {
    return () -> {
      writer.note(id, study("ACC1"));
      return null;
    };
  }

  private static boolean isKnown(CrosswalkReader reader, String id) {
    try {
      return reader.find(id) instanceof Lookup.Known;
    } catch (IOException e) {
      return false;
    }
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  private Path onlyFile() throws IOException {
    List<Path> files = new CrosswalkFolder(folder).files();
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static KnownStudy study(String accession, KnownImage... images) {
    return new KnownStudy("PAT7", accession, "1.2.3", List.of(images));
  }

  private static KnownImage image(String uid) {
    return new KnownImage("1.2.840.10008.5.1.4.1.1.1.1", "1.2.3.4", uid);
  }
}
