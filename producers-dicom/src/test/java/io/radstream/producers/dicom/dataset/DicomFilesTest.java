package io.radstream.producers.dicom.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DicomFilesTest {

  private static final int SIDE = 500;

  @Test
  void shouldRefuseWhatInflatesToMoreThanItHasRoomFor() {
    // Given
    byte[] file = image(DicomWriter.DEFLATED);
    DicomFiles files = new DicomFiles(2 * SIDE * SIDE);

    // When / Then
    assertThatThrownBy(() -> files.with(file, DicomFile::syntax))
        .isInstanceOfSatisfying(
            RefusedStudyException.class,
            e -> assertThat(e.reason()).isEqualTo(RejectionReason.IMAGE_TOO_LARGE))
        .hasMessageContaining("inflates to more than 500000 bytes")
        .hasMessageContaining("-Xmx");
  }

  @Test
  void shouldReadWhatIsNotDeflatedWithoutAnyRoom() throws Exception {
    // Given
    byte[] file = image(DicomWriter.EXPLICIT);

    // When
    int columns = new DicomFiles(0).with(file, it -> it.dataset().unsigned(Tag.COLUMNS).orElse(0));

    // Then
    assertThat(columns).isEqualTo(SIDE);
  }

  @Test
  void shouldReadTheSameWithRoomForItselfAlone() throws Exception {
    // Given
    byte[] file = image(DicomWriter.DEFLATED);
    int inflated = 2 * SIDE * SIDE + 1024;
    DicomFiles files = new DicomFiles(inflated);

    // When
    List<int[]> cells = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      cells.add(files.with(file, it -> it.dataset().unsignedShorts(Tag.PIXEL_DATA)));
    }

    // Then
    assertThat(cells).hasSize(3).allMatch(it -> it.length == SIDE * SIDE && it[0] == 7);
  }

  @Test
  void shouldLetAFileWaitUntilAnotherHasGivenItsRoomBack() throws Exception {
    // Given: room for one of two, and one that is in use
    byte[] file = image(DicomWriter.DEFLATED);
    DicomFiles files = new DicomFiles(3 * SIDE * SIDE);
    CountDownLatch inUse = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(() -> use(files, file, order, "first", inUse, done));
    inUse.await();
    Thread second =
        new Thread(
            () -> use(files, file, order, "second", new CountDownLatch(1), new CountDownLatch(0)));
    second.start();
    while (second.getState() != Thread.State.WAITING && second.isAlive()) {
      Thread.onSpinWait();
    }

    // When
    done.countDown();
    first.join();
    second.join();

    // Then
    assertThat(order).containsExactly("first", "second");
  }

  private static void use(
      DicomFiles files,
      byte[] file,
      List<String> order,
      String name,
      CountDownLatch inUse,
      CountDownLatch done) {
    try {
      files.with(
          file,
          it -> {
            inUse.countDown();
            awaitEnd(done);
            return order.add(name);
          });
    } catch (RefusedStudyException e) {
      order.add(e.getMessage());
    }
  }

  private static void awaitEnd(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] image(String syntax) {
    short[] cells = new short[SIDE * SIDE];
    Arrays.fill(cells, (short) 7);
    return DicomWriter.chest(syntax).gray16(SIDE, SIDE, 12, cells).file();
  }
}
