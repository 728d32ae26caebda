package io.radstream.producers.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.deidentification.keys.SiteKey;
import io.radstream.producers.publish.KnownStudy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file that is damaged still holds: all entries but those in which the damage is. */
class CrosswalkDamageTest {

  private static final SiteKey KEY = SiteKey.of("a site's key of enough bytes");
  private static final KnownStudy STUDY = new KnownStudy("PAT7", "ACC1", "1.2.3", List.of());
  private static final int ENTRIES = 5;

  @TempDir Path folder;

  private Path file;
  private byte[] whole;
  private int frame;

  @BeforeEach
  void note() throws IOException {
    try (CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY)) {
      for (int i = 0; i < ENTRIES; i++) {
        writer.note("s" + i, STUDY);
      }
    }
    file = folder.resolve("crosswalk-000001");
    whole = Files.readAllBytes(file);
    frame = (whole.length - Segment.HEADER_BYTES) / ENTRIES;
  }

  private int begin(int entry) {
    return Segment.HEADER_BYTES + entry * frame;
  }

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x80, 0xFF})
  void shouldLoseOneEntryAloneWhicheverByteIsFlipped(int flipped) throws IOException {
    for (int at = Segment.HEADER_BYTES; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) flipped;
      Files.write(file, damaged);

      assertThat(lost()).as("byte %d", at).containsExactly((at - Segment.HEADER_BYTES) / frame);
    }
  }

  /** The wrong length leads to where an entry does begin, behind one that is whole. */
  @Test
  void shouldNotBeLedPastEntriesByALengthThatIsWrong() throws IOException {
    byte[] damaged = whole.clone();
    int length = ByteBuffer.wrap(damaged).getInt(begin(1));
    ByteBuffer.wrap(damaged).putInt(begin(1), length + 2 * frame);
    Files.write(file, damaged);

    assertThat(lost()).containsExactly(1);
  }

  @Test
  void shouldFindTheNextEntryBehindAStretchThatIsGone() throws IOException {
    byte[] overwritten = whole.clone();
    Arrays.fill(overwritten, begin(1) + 9, begin(3) - 5, (byte) 0);
    Files.write(file, overwritten);
    assertThat(lost()).containsExactly(1, 2);

    byte[] cut = Arrays.copyOf(whole, whole.length - frame);
    System.arraycopy(whole, begin(2) + 7, cut, begin(1) + 7, whole.length - begin(2) - 7);
    Files.write(file, cut);

    assertThat(lost()).containsExactly(1, 2);
  }

  @Test
  void shouldTellAtHowManyPlacesItIsDamaged() throws IOException {
    byte[] damaged = whole.clone();
    damaged[begin(1)] ^= 1;
    damaged[begin(3) + 30] ^= 1;
    Files.write(file, damaged);

    try (CrosswalkReader reader = CrosswalkReader.open(folder, KEY)) {
      assertThat(reader.damages()).isEqualTo(Map.of(file, 2));
    }
  }

  @Test
  void shouldGoOnWithAFileThatIsDamagedInItsMiddle() throws IOException {
    byte[] damaged = whole.clone();
    damaged[begin(1)] ^= 1;
    Files.write(file, damaged);
    try (CrosswalkReader reader = CrosswalkReader.open(folder, KEY);
        CrosswalkWriter writer = CrosswalkWriter.open(folder, KEY)) {
      writer.note("s1", STUDY);

      assertThat(reader.find("s1")).isInstanceOf(Lookup.Known.class);
    }
    assertThat(lost()).isEmpty();
    assertThat(Files.size(file)).isEqualTo(whole.length + (long) frame);
  }

  /** As where a process was killed while it erased. */
  @Test
  void shouldEraseAnEntryThatWasHalfErased() throws IOException {
    byte[] half = whole.clone();
    Arrays.fill(half, begin(2) + Segment.FRAME_BYTES, begin(2) + Segment.FRAME_BYTES + 9, (byte) 0);
    Files.write(file, half);
    assertThat(lost()).containsExactly(2);

    int erased = new CrosswalkEraser(folder, KEY).forget("s2");

    assertThat(erased).isEqualTo(1);
    try (CrosswalkReader reader = CrosswalkReader.open(folder, KEY)) {
      assertThat(reader.find("s2")).isInstanceOf(Lookup.Forgotten.class);
      assertThat(reader.damages()).isEmpty();
    }
  }

  @Test
  void shouldSayWhatToDoWhereTheBeginningOfAFileIsDamaged() throws IOException {
    for (int at = 0; at < Segment.HEADER_BYTES; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);

      assertThatThrownBy(() -> CrosswalkReader.open(folder, KEY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("crosswalk-000001")
          .hasMessageContaining("restore it from a backup");
    }
  }

  /** Numbers of the entries that nobody finds any more. */
  private List<Integer> lost() throws IOException {
    List<Integer> lost = new ArrayList<>();
    try (CrosswalkReader reader = CrosswalkReader.open(folder, KEY)) {
      for (int i = 0; i < ENTRIES; i++) {
        if (!(reader.find("s" + i) instanceof Lookup.Known)) {
          lost.add(i);
        }
      }
    }
    return lost;
  }
}
