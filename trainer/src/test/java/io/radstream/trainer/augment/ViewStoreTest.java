package io.radstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.image.GrayImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewStoreTest {

  private static final int SIDE = 16;
  private static final long ROOM = 1 << 20;

  @TempDir private Path directory;

  @Test
  void shouldKeepAViewOverARestart() throws IOException {
    try (ViewStore store = ViewStore.open(directory, ROOM, SIDE)) {
      assertThat(store.find(key(1))).isEmpty();
      store.put(key(1), view(1));
      assertThat(pixels(store, 1)).contains(view(1).pixels());
    }

    try (ViewStore store = ViewStore.open(directory, ROOM, SIDE)) {
      assertThat(pixels(store, 1)).contains(view(1).pixels());
      assertThat(store.find(key(2))).isEmpty();
    }
  }

  @Test
  void shouldNotTakeMoreRoomThanItHas() throws IOException {
    try (ViewStore store = ViewStore.open(directory, 20_000, SIDE)) {
      IntStream.range(0, 500).forEach(i -> store.put(key(i), view(i)));

      assertThat(Files.size(file())).isLessThanOrEqualTo(20_000);
      long kept = IntStream.range(0, 500).filter(i -> pixels(store, i).isPresent()).count();
      assertThat(kept).isBetween(30L, 70L);
      IntStream.range(0, 500)
          .forEach(
              i ->
                  assertThat(pixels(store, i).orElse(view(i).pixels()))
                      .isEqualTo(view(i).pixels()));
    }
  }

  @Test
  void shouldNotGiveADamagedView() throws IOException {
    try (ViewStore store = ViewStore.open(directory, 1, SIDE)) {
      store.put(key(1), view(1));
    }
    byte[] bytes = Files.readAllBytes(file());
    for (int i = bytes.length - SIDE * SIDE; i < bytes.length; i++) {
      bytes[i] ^= 1;
    }
    Files.write(file(), bytes);

    try (ViewStore store = ViewStore.open(directory, 1, SIDE)) {
      assertThat(store.find(key(1))).isEmpty();
      store.put(key(1), view(1));
      assertThat(pixels(store, 1)).contains(view(1).pixels());
    }
  }

  @Test
  void shouldNotGiveAViewThatWasWrittenInPart() throws IOException {
    try (ViewStore store = ViewStore.open(directory, 1, SIDE)) {
      store.put(key(1), view(1));
      byte[] bytes = Files.readAllBytes(file());
      Files.write(file(), Arrays.copyOf(bytes, bytes.length - SIDE));

      assertThat(store.find(key(1))).isEmpty();
    }
  }

  @Test
  void shouldGoOnWithoutAStoreThatFails() throws IOException {
    ViewStore store = ViewStore.open(directory, ROOM, SIDE);
    store.put(key(1), view(1));
    store.close();

    assertThat(store.find(key(1))).isEmpty();
    store.put(key(2), view(2));
  }

  @Test
  void shouldSayThatThereIsNoDirectory() throws IOException {
    Path occupied = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> ViewStore.open(occupied, ROOM, SIDE)).isInstanceOf(IOException.class);
  }

  @Test
  void shouldKeepPicturesFromOtherPeople() throws IOException {
    ViewStore.open(directory, ROOM, SIDE).close();

    assertThat(Files.getPosixFilePermissions(file()))
        .allMatch(permission -> permission.name().startsWith("OWNER_"));
  }

  @Test
  void shouldGoOnWithMoreOrLessRoom() throws IOException {
    for (long room : new long[] {200_000, 20_000, 90_000}) {
      try (ViewStore store = ViewStore.open(directory, room, SIDE)) {
        IntStream.range(0, 100)
            .forEach(
                i ->
                    assertThat(pixels(store, i).orElse(view(i).pixels()))
                        .isEqualTo(view(i).pixels()));
        IntStream.range(0, 100).forEach(i -> store.put(key(i), view(i)));

        assertThat(IntStream.range(0, 100).filter(i -> pixels(store, i).isPresent()).count())
            .isGreaterThan(30);
        assertThat(Files.size(file())).isLessThanOrEqualTo(room);
      }
    }
  }

  private Path file() {
    return directory.resolve("views-" + SIDE);
  }

  private static byte[] key(int view) {
    return ViewStore.key(new byte[] {(byte) view, (byte) (view >> 8)});
  }

  private static Optional<byte[]> pixels(ViewStore store, int view) {
    return store.find(key(view)).map(GrayImage::pixels);
  }

  private static GrayImage view(int number) {
    byte[] pixels = new byte[SIDE * SIDE];
    Arrays.fill(pixels, (byte) number);
    return new GrayImage(SIDE, SIDE, pixels);
  }
}
