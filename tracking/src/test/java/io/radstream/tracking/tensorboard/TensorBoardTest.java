package io.radstream.tracking.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.radstream.tracking.EvaluationFigures;
import io.radstream.tracking.RunFigures;
import io.radstream.tracking.RunSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmarks/reference/tensorboard_check.py} reads such files with TensorBoard itself. */
class TensorBoardTest {

  private static final Instant TIME = Instant.parse("2026-11-29T10:00:00.5Z");
  private static final String NAME = "events.out.tfevents.1795946400.radstream";

  @TempDir private Path directory;

  private static RunFigures figures(long step, Map<String, Double> values) {
    return new RunFigures("chest", "chest-1", step, TIME.plusSeconds(step), values);
  }

  /** Messages of a file whose checksums are right. */
  private static List<UnknownFieldSet> events(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<UnknownFieldSet> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[Long.BYTES];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      byte[] message =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(message);
      assertThat(bytes.getInt()).isEqualTo(masked(message));
      events.add(UnknownFieldSet.parseFrom(message));
    }
    return events;
  }

  /** CRC-32C bit by bit, with the mask of the TFRecord format. */
  private static int masked(byte[] bytes) {
    int crc = -1;
    for (byte one : bytes) {
      crc ^= one & 0xff;
      for (int i = 0; i < Byte.SIZE; i++) {
        crc = (crc >>> 1) ^ (0x82f63b78 & -(crc & 1));
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static UnknownFieldSet part(UnknownFieldSet message, int field, int place)
      throws IOException {
    List<ByteString> parts = message.getField(field).getLengthDelimitedList();
    return UnknownFieldSet.parseFrom(parts.get(place));
  }

  private static String text(UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
  }

  @Test
  void shouldWriteFiguresAsScalars() throws Exception {
    try (TensorBoard board = new TensorBoard(directory)) {
      board.figures(figures(7, Map.of("loss", 2.5, "validation_auc_edema", 0.75)));
    }

    List<UnknownFieldSet> events = events(directory.resolve("chest/chest-1").resolve(file(7)));
    assertThat(text(events.get(0), 3)).isEqualTo("brain.Event:2");
    UnknownFieldSet event = events.get(1);
    assertThat(Double.longBitsToDouble(event.getField(1).getFixed64List().get(0)))
        .isEqualTo(TIME.getEpochSecond() + 7 + 0.5);
    assertThat(event.getField(2).getVarintList()).containsExactly(7L);
    UnknownFieldSet summary = part(event, 5, 0);
    UnknownFieldSet loss = part(summary, 1, 0);
    assertThat(text(loss, 1)).isEqualTo("training/loss");
    assertThat(Float.intBitsToFloat(loss.getField(2).getFixed32List().get(0))).isEqualTo(2.5f);
    assertThat(text(part(summary, 1, 1), 1)).isEqualTo("validation/auc_edema");
    assertThat(events).hasSize(2);
  }

  private static String file(long step) {
    return "events.out.tfevents.%d.radstream".formatted(TIME.getEpochSecond() + step);
  }

  @Test
  void shouldHoldOnceWhatItIsToldTwice() throws Exception {
    try (TensorBoard board = new TensorBoard(directory)) {
      board.figures(figures(0, Map.of("loss", 3.0)));
      board.figures(figures(1, Map.of("loss", 2.0)));
      board.figures(figures(1, Map.of("loss", 2.0)));
    }

    assertThat(events(directory.resolve("chest/chest-1").resolve(file(0)))).hasSize(3);
  }

  @Test
  void shouldWriteWhatIsMeasuredBehindAStep() throws Exception {
    try (TensorBoard board = new TensorBoard(directory)) {
      board.figures(figures(1, Map.of("loss", 2.0)));
      board.figures(figures(1, Map.of("validation_auc", 0.75)));
      board.figures(figures(1, Map.of("validation_auc", 0.75)));
    }

    List<UnknownFieldSet> events = events(directory.resolve("chest/chest-1").resolve(file(1)));
    assertThat(events).hasSize(3);
    assertThat(events.get(2).getField(2).getVarintList()).containsExactly(1L);
    assertThat(text(part(part(events.get(2), 5, 0), 1, 0), 1)).isEqualTo("validation/auc");
  }

  @Test
  void shouldWriteTheSameBytesAgainAndThenMore() throws Exception {
    Path file = directory.resolve("chest/chest-1").resolve(file(0));
    try (TensorBoard board = new TensorBoard(directory)) {
      board.figures(figures(0, Map.of("loss", 3.0)));
    }
    byte[] before = Files.readAllBytes(file);

    try (TensorBoard board = new TensorBoard(directory)) {
      board.figures(figures(0, Map.of("loss", 3.0)));
      board.flush();
      board.figures(figures(1, Map.of("loss", 2.0)));
    }

    byte[] after = Files.readAllBytes(file);
    assertThat(after.length).isGreaterThan(before.length);
    assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void shouldKeepTheOldFileUntilAllIsInTheNewOne() throws Exception {
    Path file = directory.resolve("chest/chest-1").resolve(file(0));
    try (TensorBoard board = new TensorBoard(directory)) {
      board.figures(figures(0, Map.of("loss", 3.0)));
      board.figures(figures(1, Map.of("loss", 2.0)));
    }

    try (TensorBoard board = new TensorBoard(directory)) {
      board.figures(figures(0, Map.of("loss", 3.0)));

      assertThat(events(file)).hasSize(3);
    }
  }

  @Test
  void shouldWriteSettingsAsText() throws Exception {
    try (TensorBoard board = new TensorBoard(directory)) {
      board.settings(RunSettings.of("chest", "chest-1", TIME, "{\"batch\": 32}"));
    }

    List<UnknownFieldSet> events = events(directory.resolve("chest/chest-1/settings/" + NAME));
    UnknownFieldSet value = part(part(events.get(1), 5, 0), 1, 0);
    assertThat(text(value, 1)).isEqualTo("config.json");
    assertThat(text(part(value, 8, 0), 8)).contains("{\"batch\": 32}");
    assertThat(text(part(part(value, 9, 0), 1, 0), 1)).isEqualTo("text");
  }

  @Test
  void shouldWriteNothingOutsideOfItsDirectory() throws Exception {
    try (TensorBoard board = new TensorBoard(directory.resolve("logs"))) {
      board.figures(new RunFigures("..", "../../x", 0, TIME, Map.of("loss", 1.0)));
    }

    try (Stream<Path> all = Files.walk(directory)) {
      assertThat(all.filter(Files::isRegularFile))
          .singleElement()
          .satisfies(
              file ->
                  assertThat(directory.resolve("logs").relativize(file))
                      .hasToString("_../_.._.._x/" + NAME));
    }
  }

  @Test
  void shouldLeaveOutWhatIsNoNumber() throws Exception {
    try (TensorBoard board = new TensorBoard(directory)) {
      board.figures(figures(0, Map.of("loss", Double.NaN, "epoch", 1.0)));
    }

    UnknownFieldSet summary =
        part(events(directory.resolve("chest/chest-1").resolve(file(0))).get(1), 5, 0);
    assertThat(summary.getField(1).getLengthDelimitedList())
        .singleElement()
        .satisfies(
            value -> assertThat(value.toString(StandardCharsets.ISO_8859_1)).contains("run/epoch"));
  }

  private static EvaluationFigures evaluation(String id, long step, double auc) {
    return new EvaluationFigures(
        id,
        "chest",
        "chest-1",
        "chest-%09d".formatted(step),
        step,
        TIME,
        "test",
        new TreeMap<>(Map.of("auc_edema", auc, "auc_edema_low", auc - 0.125)));
  }

  @Test
  void shouldWriteEachEvaluationOnceAtTheStepOfItsCheckpoint() throws Exception {
    for (int times = 0; times < 2; times++) {
      try (TensorBoard board = new TensorBoard(directory)) {
        board.evaluation(evaluation("e/2", 500, 0.75));
        board.evaluation(evaluation("e1", 250, 0.5));
      }
    }

    Path folder = directory.resolve("chest/chest-1/evaluations");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(NAME + ".e_2", NAME + ".e1");
    }
    UnknownFieldSet event = events(folder.resolve(NAME + ".e_2")).get(1);
    assertThat(event.getField(2).getVarintList()).containsExactly(500L);
    UnknownFieldSet auc = part(part(event, 5, 0), 1, 0);
    assertThat(text(auc, 1)).isEqualTo("evaluation_test/auc_edema");
    assertThat(Float.intBitsToFloat(auc.getField(2).getFixed32List().get(0))).isEqualTo(0.75f);
    assertThat(text(part(part(event, 5, 0), 1, 1), 1)).isEqualTo("evaluation_test/auc_edema_low");
  }
}
