package io.radstream.producers.dicom.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.SourceItem.Found;
import io.radstream.producers.publish.SourceItem.Refused;
import io.radstream.producers.publish.SourceItem.Retracted;
import io.radstream.producers.publish.StudyNames;
import io.radstream.schemas.RejectionReason;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectorySourceTest {

  private static final Duration OFTEN = Duration.ofMillis(5);
  private static final StudyNames NAMES = new StudyNames("");

  private final RadiographReader reader =
      new RadiographReader(NAMES, BodyParts.CHEST, PictureRule.NONE);
  private final Placements placements = new Placements(Pseudonymizer.demo());
  private final MemorySink sink = new MemorySink();
  private final FileCounts counts = new FileCounts();

  @TempDir private Path directory;

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void shouldFindFilesAtAnyDepthWhateverTheyAreCalled() throws Exception {
    // Given
    Path deep = Files.createDirectories(directory.resolve("a/b/c"));
    Files.write(deep.resolve("no-extension"), image("1", "ACC1"));
    Files.write(directory.resolve("z.jpg"), image("2", "ACC2"));
    Files.writeString(directory.resolve("notes.dcm"), "no DICOM");
    Files.write(directory.resolve("DICOMDIR"), image("3", "ACC3"));
    Files.write(directory.resolve("empty"), new byte[0]);

    // When
    deliver();

    // Then
    assertThat(sink.drain())
        .extracting(item -> ((Found) item).part().study())
        .containsExactly(NAMES.study("ACC1", ""), NAMES.study("ACC2", ""));
    assertThat(counts.noDicom()).isEqualTo(3);
  }

  @Test
  void shouldSendNothingTwiceOverRestarts() throws Exception {
    // Given
    Files.write(directory.resolve("one"), image("1", "ACC1"));
    deliver();
    sink.drain();

    // When: the same files, and a copy of one under another name
    Files.write(directory.resolve("copy"), image("1", "ACC1"));
    deliver();

    // Then
    assertThat(sink.drain()).isEmpty();
    assertThat(counts.publishedBefore()).isEqualTo(2);
  }

  @Test
  void shouldSendCopiesOfAnInstanceOnceWhileTheFirstIsOnItsWay() throws Exception {
    // Given
    for (int i = 1; i <= 6; i++) {
      Files.write(directory.resolve("copy " + i), image("1", "ACC1"));
    }
    MemorySink slow = MemorySink.holding();
    DirectorySource source = new DirectorySource(directory, reader, placements, counts);
    Thread delivery = new Thread(() -> source.deliver(slow), "delivery");

    // When
    delivery.start();
    awaitPause(delivery);
    slow.release();
    delivery.join();

    // Then
    assertThat(slow.drain()).hasSize(1);
    assertThat(counts.publishedBefore()).isEqualTo(5);
  }

  @Test
  void shouldSendBothVersionsOfAnInstanceInTheirOrder() throws Exception {
    // Given: the accession number of one was corrected
    Files.write(directory.resolve("a"), image("1", "ACC1"));
    Files.write(directory.resolve("b"), image("1", "ACC2"));
    MemorySink slow = MemorySink.holding();
    DirectorySource source = new DirectorySource(directory, reader, placements, counts);
    Thread delivery = new Thread(() -> source.deliver(slow), "delivery");

    // When
    delivery.start();
    awaitPause(delivery);
    slow.release();
    delivery.join();

    // Then
    List<SourceItem> items = slow.drain();
    assertThat(items).hasSize(3);
    assertThat(((Found) items.get(0)).part().study()).isEqualTo(NAMES.study("ACC1", ""));
    assertThat(items.get(1)).isInstanceOf(Retracted.class);
    assertThat(((Found) items.get(2)).part().study()).isEqualTo(NAMES.study("ACC2", ""));
  }

  @Test
  void shouldSendCopiesThatComeWhileItWatchesOnce() throws Exception {
    // Given
    MemorySink slow = MemorySink.holding();
    WatchedDirectory watched = new WatchedDirectory(directory, OFTEN, reader, placements, counts);
    for (int i = 1; i <= 3; i++) {
      Files.write(directory.resolve("copy " + i), image("1", "ACC1"));
    }
    CompletableFuture<Void> delivered = CompletableFuture.runAsync(() -> watched.deliver(slow));
    slow.await();

    // When
    slow.release();
    Files.write(directory.resolve("other"), image("2", "ACC2"));
    SourceItem next = slow.await();
    watched.close();
    delivered.join();

    // Then
    assertThat(((Found) next).part().study()).isEqualTo(NAMES.study("ACC2", ""));
    assertThat(slow.drain()).isEmpty();
    assertThat(counts.publishedBefore()).isEqualTo(2);
  }

  /** Until it waits for another thread, or has ended. */
  private static void awaitPause(Thread thread) {
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void shouldMoveAViewWhoseAccessionNumberWasCorrected() throws Exception {
    // Given
    Path file = Files.write(directory.resolve("one"), image("1", "ACC1"));
    deliver();
    sink.drain();
    Files.write(file, image("1", "ACC2"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

    // When
    deliver();

    // Then
    List<SourceItem> items = sink.drain();
    assertThat(items.get(0)).isInstanceOf(Retracted.class);
    assertThat(((Found) items.get(1)).part().study()).isEqualTo(NAMES.study("ACC2", ""));
  }

  @Test
  void shouldNameWhatItRefusesByItsPlaceAndGoOn() throws Exception {
    // Given
    Files.write(directory.resolve("a"), image("1", "ACC1"));
    Files.write(
        directory.resolve("b"),
        DicomWriter.chest(DicomWriter.EXPLICIT).text(0x0008_0060, "CS", "CT").file());
    Files.write(directory.resolve("c"), image("2", "ACC1"));

    // When
    deliver();

    // Then
    List<SourceItem> items = sink.drain();
    assertThat(items).extracting(SourceItem::number).containsExactly(1L, 2L, 3L);
    assertThat(((Refused) items.get(1)).reason()).isEqualTo(RejectionReason.OTHER_EXAMINATION);
  }

  @Test
  void shouldFollowNoLinks(@TempDir Path outside) throws Exception {
    // Given
    Path file = Files.write(outside.resolve("secret"), image("1", "ACC1"));
    Files.createSymbolicLink(directory.resolve("file"), file);
    Files.createSymbolicLink(directory.resolve("directory"), outside);
    Files.createSymbolicLink(directory.resolve("circle"), directory);

    // When
    deliver();

    // Then
    assertThat(sink.drain()).isEmpty();
  }

  @Test
  void shouldPassOverAFileThatVanishes() throws Exception {
    // Given
    Path file = Files.write(directory.resolve("one"), image("1", "ACC1"));
    FileTree tree = new FileTree(directory.toRealPath());
    FoundFile found = tree.look(file).orElseThrow();
    FileOffers offers = new FileOffers(tree, reader, placements, sink, counts);
    Files.delete(file);

    // When
    offers.offer(found, () -> {});

    // Then
    assertThat(sink.drain()).isEmpty();
    assertThat(counts.unfinished()).isEqualTo(1);
  }

  @Test
  void shouldLeaveAFileThatStillGrows() throws Exception {
    // Given: it has grown since it was looked at
    byte[] whole = image("1", "ACC1");
    Path file = Files.write(directory.resolve("one"), Arrays.copyOf(whole, 200));
    FileTree tree = new FileTree(directory.toRealPath());
    FoundFile found = tree.look(file).orElseThrow();
    FileOffers offers = new FileOffers(tree, reader, placements, sink, counts);
    Files.write(file, whole);

    // When
    offers.offer(found, () -> {});

    // Then
    assertThat(sink.drain()).isEmpty();
    assertThat(offers.isNew(tree.look(file).orElseThrow())).isTrue();
  }

  @Test
  void shouldRefuseADirectoryThatIsNone() {
    // Given
    Path none = directory.resolve("none");

    // When / Then
    assertThatThrownBy(() -> new DirectorySource(none, reader, placements, counts))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void shouldPublishWhatComesWhileItWatches() throws Exception {
    // Given
    Files.write(directory.resolve("one"), image("1", "ACC1"));
    WatchedDirectory watched = new WatchedDirectory(directory, OFTEN, reader, placements, counts);
    CompletableFuture<Void> delivered = CompletableFuture.runAsync(() -> watched.deliver(sink));
    SourceItem first = sink.await();

    // When
    Path growing = directory.resolve("two");
    byte[] whole = image("2", "ACC2");
    Files.write(growing, whole);
    SourceItem second = sink.await();
    watched.close();
    delivered.join();

    // Then
    assertThat(((Found) first).part().study()).isEqualTo(NAMES.study("ACC1", ""));
    assertThat(((Found) second).part().study()).isEqualTo(NAMES.study("ACC2", ""));
    assertThat(sink.drain()).isEmpty();
  }

  @Test
  void shouldReadAChangedFileAgainWhileItWatches(@TempDir Path outside) throws Exception {
    // Given
    Path file = Files.write(directory.resolve("one"), image("1", "ACC1"));
    WatchedDirectory watched = new WatchedDirectory(directory, OFTEN, reader, placements, counts);
    CompletableFuture<Void> delivered = CompletableFuture.runAsync(() -> watched.deliver(sink));
    sink.await();

    // When
    Path beside = Files.write(outside.resolve("changed"), image("2", "ACC2"));
    Files.setLastModifiedTime(beside, FileTime.fromMillis(1_000_000));
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    SourceItem changed = sink.await();
    watched.close();
    delivered.join();

    // Then
    assertThat(((Found) changed).part().study()).isEqualTo(NAMES.study("ACC2", ""));
  }

  private void deliver() throws Exception {
    new DirectorySource(directory, reader, placements, counts).deliver(sink);
  }

  private static byte[] image(String number, String accession) {
    return DicomWriter.chest(DicomWriter.EXPLICIT)
        .text(0x0008_0018, "UI", "1.2.3.4." + number)
        .text(0x0008_0050, "SH", accession)
        .gray8(40, 32, new byte[40 * 32])
        .file();
  }
}
