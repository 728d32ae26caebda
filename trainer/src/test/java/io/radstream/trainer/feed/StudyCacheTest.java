package io.radstream.trainer.feed;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.augment.PreparedStudy;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.TupleReaders;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StudyCacheTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.TUPLES_TRAIN);

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 1);

  @BeforeEach
  void fill() throws IOException {
    byte[] image = Tuples.png(Tuples.bar(3, 9));
    try (ReportTokenizer tokenizer = Tuples.tokenizer()) {
      for (int i = 0; i < 40; i++) {
        cluster.append(
            TOPIC, 0, Tuples.bytes(Tuples.tuple("s" + i, 1, tokenizer, "left", image), TOPIC));
      }
    }
  }

  @Test
  void shouldReadASmallDatasetOnce() {
    try (StudyCache cache = cache(1 << 20)) {
      for (int round = 0; round < 3; round++) {
        for (long offset = 0; offset < 30; offset++) {
          assertThat(get(cache, offset)).isEqualTo("s" + offset);
        }
      }
    }

    assertThat(cluster.seeks()).isEqualTo(3); // a group of ten at a time
  }

  @Test
  void shouldForgetWhatDoesNotFit() {
    try (StudyCache cache = cache(0)) {
      // What is read for 30 is read after something has left for 20.
      for (long offset : new long[] {0, 10, 20, 30, 0}) {
        assertThat(get(cache, offset)).isEqualTo("s" + offset);
      }
    }

    assertThat(cluster.seeks()).isEqualTo(5);
  }

  @Test
  void shouldHoldWhatIsExpected() {
    try (StudyCache cache = cache(0)) {
      List<CompletableFuture<PreparedStudy>> expected =
          LongStream.range(0, 30).mapToObj(offset -> ahead(cache, offset, Runnable::run)).toList();

      assertThat(expected)
          .extracting(study -> study.join().studyId())
          .containsExactlyElementsOf(
              LongStream.range(0, 30).mapToObj(offset -> "s" + offset).toList());
      assertThat(cluster.seeks()).isEqualTo(3);
      assertThat(get(cache, 0)).isEqualTo("s0");
      assertThat(get(cache, 25)).isEqualTo("s25");
    }

    assertThat(cluster.seeks()).isBetween(3, 5);
  }

  @Test
  void shouldReadAheadAndHoldThatUntilItIsUsed() {
    try (StudyCache cache = cache(0)) {
      for (long begin = 0; begin < 40; begin += 10) {
        cache.soon(group(begin));
        cache.soon(group((begin + 10) % 40));
        for (long offset = begin; offset < begin + 10; offset++) {
          assertThat(get(cache, offset)).isEqualTo("s" + offset);
        }
      }
    }

    // Each group once, and perhaps the first again for the round to come.
    assertThat(cluster.seeks()).isBetween(4, 5);
  }

  @Test
  void shouldReadAHeavyGroupWhenItIsAskedFor() {
    try (StudyCache cache = cache(0, 1)) {
      cache.soon(group(0));
      cache.soon(group(10));
      assertThat(get(cache, 20)).isEqualTo("s20"); // behind both
      assertThat(cluster.seeks()).isEqualTo(2);

      assertThat(get(cache, 10)).isEqualTo("s10");
    }

    assertThat(cluster.seeks()).isEqualTo(3);
  }

  @Test
  void shouldKeepNoWorkerWaitingForStudiesThatAreBeingRead() throws Exception {
    ExecutorService worker = Executors.newSingleThreadExecutor();
    try (StudyCache cache = cache(1 << 20)) {
      get(cache, 0);
      CompletableFuture<PreparedStudy> later;
      synchronized (cluster) { // which answers nobody meanwhile
        later = ahead(cache, 10, worker);
        CompletableFuture<PreparedStudy> here = ahead(cache, 5, worker);

        assertThat(here.get(30, TimeUnit.SECONDS).studyId()).isEqualTo("s5");
        assertThat(later).isNotDone();
      }
      assertThat(later.get(30, TimeUnit.SECONDS).studyId()).isEqualTo("s10");
    } finally {
      worker.shutdownNow();
    }
  }

  @Test
  void shouldTellOfStudiesThatDoNotFitIntoMemory() {
    cluster.failPolls(new OutOfMemoryError("Java heap space"));
    try (StudyCache cache = cache(0)) {
      assertThatThrownBy(() -> get(cache, 3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("10 studies")
          .hasMessageContaining("RADSTREAM_JAVA_OPTS");
    }
  }

  @Test
  void shouldTellWhoeverWaitsOfAnyError() {
    cluster.failPolls(new NoClassDefFoundError("io/radstream/Gone"));
    try (StudyCache cache = cache(0)) {
      CompletableFuture<PreparedStudy> waiting = ahead(cache, 3, Runnable::run);

      assertThat(waiting)
          .failsWithin(30, TimeUnit.SECONDS)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("studies cannot be read")
          .withMessageContaining("io/radstream/Gone");
    }
  }

  @Test
  void shouldReadAgainWhatCouldNotBeRead() {
    cluster.failPolls(new KafkaException("once"));
    try (StudyCache cache = cache(1 << 20)) {
      assertThatThrownBy(() -> get(cache, 3)).isInstanceOf(KafkaException.class).hasMessage("once");

      assertThat(get(cache, 3)).isEqualTo("s3");
      assertThat(get(cache, 4)).isEqualTo("s4");
    }
  }

  @Test
  void shouldTakeAStudyThatWasReadElsewhere() throws IOException {
    try (StudyCache cache = cache(1 << 20);
        ReportTokenizer tokenizer = Tuples.tokenizer()) {
      byte[] image = Tuples.png(Tuples.bar(3, 9));
      cache.put(
          new TupleRef(0, 7),
          Tuples.tuple("put", 1, tokenizer, "left", image),
          0,
          SpanContext.getInvalid());

      assertThat(get(cache, 7)).isEqualTo("put");
    }

    assertThat(cluster.seeks()).isZero();
  }

  private StudyCache cache(long bytes) {
    return cache(bytes, Long.MAX_VALUE);
  }

  private StudyCache cache(long bytes, long bytesAhead) {
    PhaseTimes times = new PhaseTimes(Clock.systemUTC());
    return new StudyCache(
        TupleReaders.open(cluster, CONNECTION, Topic.TUPLES_TRAIN, 1),
        new StudyDecoder(new ModelInput(32), 100, 100, times, Optional.empty()),
        times,
        bytes,
        bytesAhead);
  }

  private static String get(StudyCache cache, long offset) {
    return cache.get(new TupleRef(0, offset), group(offset / 10 * 10)).studyId();
  }

  private static CompletableFuture<PreparedStudy> ahead(
      StudyCache cache, long offset, Executor workers) {
    return cache.ahead(new TupleRef(0, offset), group(offset / 10 * 10), workers, study -> {});
  }

  private static List<TupleRef> group(long begin) {
    return LongStream.range(begin, begin + 10).mapToObj(at -> new TupleRef(0, at)).toList();
  }
}
