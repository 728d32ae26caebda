package io.radstream.producers.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.radstream.producers.publish.RefusedStudyException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real processes that do what native code may do. */
class CodecPoolTest {

  private static final Shape SHAPE = new Shape(2, 1, 1);

  private CodecPool pool = pool(1, Duration.ofMinutes(1));

  private static CodecPool pool(int size, Duration limit) {
    return new CodecPool(CodecPool.command(UnrulyWorker.class), size, limit);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void shouldGiveWhatTheWorkerAnswers() throws Exception {
    // Given
    byte[] codestream = wish(UnrulyWorker.ANSWER);

    // When
    Unpacked unpacked = pool.unpack(codestream, SHAPE);

    // Then
    assertThat(unpacked.cells()).containsExactly(7, 8);
  }

  @Test
  void shouldPassOverWhatNativeCodePrints() throws Exception {
    // Given
    byte[] codestream = wish(UnrulyWorker.PRINT_AND_ANSWER);

    // When
    Unpacked unpacked = pool.unpack(codestream, SHAPE);

    // Then
    assertThat(unpacked.cells()).containsExactly(7, 8);
  }

  @ParameterizedTest
  @ValueSource(bytes = {UnrulyWorker.CRASH, UnrulyWorker.REFUSE, UnrulyWorker.OTHER_PICTURE})
  void shouldRefuseOnePictureAndGoOn(byte wish) throws Exception {
    // Given: a worker that has answered before, so that what it had may not be the reason
    pool.unpack(wish(UnrulyWorker.ANSWER), SHAPE);

    // When
    RefusedStudyException refusal = refusal(wish);

    // Then
    assertThat(refusal).isNotNull();
    assertThat(pool.unpack(wish(UnrulyWorker.ANSWER), SHAPE).cells()).containsExactly(7, 8);
  }

  @Test
  void shouldEndAWorkerThatTakesTooLong() throws Exception {
    // Given
    pool.close();
    pool = pool(1, Duration.ofSeconds(3));

    // When
    RefusedStudyException refusal = refusal(UnrulyWorker.HANG);

    // Then
    assertThat(refusal).hasMessageContaining("took longer");
  }

  @Test
  void shouldStartAnotherWorkerWhereOneWasKilled() throws Exception {
    // Given
    pool.unpack(wish(UnrulyWorker.ANSWER), SHAPE);
    List<ProcessHandle> workers = workers().toList();
    workers.forEach(ProcessHandle::destroyForcibly);
    workers.forEach(worker -> worker.onExit().join());

    // When
    Unpacked unpacked = pool.unpack(wish(UnrulyWorker.ANSWER), SHAPE);

    // Then
    assertThat(workers).isNotEmpty();
    assertThat(unpacked.cells()).containsExactly(7, 8);
  }

  @Test
  void shouldServeMoreCallersThanWorkers() {
    // Given
    pool.close();
    pool = pool(2, Duration.ofMinutes(1));

    // When
    List<CompletableFuture<Integer>> all =
        IntStream.range(0, 24)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> outcome(i % 4 == 3)))
            .toList();

    // Then
    assertThat(all.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(18);
  }

  @Test
  void shouldLeaveNoProcessBehind() throws Exception {
    // Given
    pool.unpack(wish(UnrulyWorker.ANSWER), SHAPE);
    List<ProcessHandle> workers = workers().toList();

    // When
    pool.close();

    // Then
    workers.forEach(worker -> worker.onExit().join());
    assertThat(workers).isNotEmpty();
    assertThat(refusal(UnrulyWorker.ANSWER)).hasMessageContaining("ending");
  }

  @Test
  void shouldNotAskAWorkerForAPictureOfAnotherSize() {
    // Given: 65,500 by 65,500, in a few bytes
    byte[] codestream = codestream(65_500, 65_500, UnrulyWorker.ANSWER);
    // Those of tests before this one may still be ending.
    List<ProcessHandle> ending = workers().toList();

    // When
    RefusedStudyException refusal =
        catchThrowableOfType(RefusedStudyException.class, () -> pool.unpack(codestream, SHAPE));

    // Then
    assertThat(refusal).hasMessageContaining("another size");
    assertThat(workers().filter(worker -> !ending.contains(worker))).isEmpty();
  }

  private int outcome(boolean crash) {
    try {
      pool.unpack(wish(crash ? UnrulyWorker.CRASH : UnrulyWorker.ANSWER), SHAPE);
      return 1;
    } catch (RefusedStudyException e) {
      return 0;
    }
  }

  private RefusedStudyException refusal(byte wish) {
    return catchThrowableOfType(RefusedStudyException.class, () -> pool.unpack(wish(wish), SHAPE));
  }

  private static Stream<ProcessHandle> workers() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive);
  }

  private static byte[] wish(byte wish) {
    return codestream(SHAPE.width(), SHAPE.height(), wish);
  }

  /** The beginning of a JPEG, and a byte for the worker. */
  private static byte[] codestream(int width, int height, byte wish) {
    return new byte[] {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) 0xC0,
      0,
      11,
      8,
      (byte) (height >>> 8),
      (byte) height,
      (byte) (width >>> 8),
      (byte) width,
      1,
      0,
      0,
      0,
      wish
    };
  }
}
