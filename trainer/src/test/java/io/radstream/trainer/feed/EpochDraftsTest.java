package io.radstream.trainer.feed;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.ReportMirroring;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.config.Augmentation;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.NeededInputs;
import io.radstream.trainer.tuples.OffsetSet;
import io.radstream.trainer.tuples.RecordRanks;
import io.radstream.trainer.tuples.TupleIndex;
import io.radstream.trainer.tuples.TupleReaders;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a finite range to batches. */
class EpochDraftsTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.TUPLES_TRAIN);
  private static final ModelInput INPUT = new ModelInput(32);
  private static final int BATCH = 4;
  private static final int STUDIES = 14;
  private static final int BATCHES_AN_EPOCH = STUDIES / BATCH;
  private static final String SOURCE = "own";

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 1);
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Set<String> withdrawn = ConcurrentHashMap.newKeySet();
  private ReportTokenizer tokenizer;

  @BeforeEach
  void load() throws IOException {
    tokenizer = Tuples.tokenizer();
    opened.add(tokenizer);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : opened) {
      resource.close();
    }
  }

  @Test
  void shouldMakeTheSameBatchesWhateverTheWorkersAndTheCache() throws InterruptedException {
    appendStudies(0);

    List<TrainingBatch> alone = take(1, 1, 1 << 20, SourcePosition.start(SOURCE), 12);
    List<TrainingBatch> crowd = take(4, 8, 0, SourcePosition.start(SOURCE), 12);

    assertSame(crowd, alone);
  }

  @Test
  void shouldGoOnFromTheMiddleOfAnEpoch() throws InterruptedException {
    appendStudies(0);
    List<TrainingBatch> whole = take(2, 3, 1 << 20, SourcePosition.start(SOURCE), 12);

    for (int step = 1; step < 12; step++) {
      SourcePosition position = whole.get(step - 1).draft().next().get(0);
      List<TrainingBatch> resumed = take(2, 3, 1 << 20, position, 12 - step);

      assertSame(resumed, whole.subList(step, 12));
    }
  }

  @Test
  void shouldTakeEachStudyAtMostOnceAnEpoch() throws InterruptedException {
    appendStudies(0);

    List<TrainingBatch> batches = take(2, 3, 1 << 20, SourcePosition.start(SOURCE), 12);

    for (int epoch = 0; epoch < 4; epoch++) {
      Set<TupleRef> seen = new HashSet<>();
      for (TrainingBatch batch :
          batches.subList(epoch * BATCHES_AN_EPOCH, (epoch + 1) * BATCHES_AN_EPOCH)) {
        for (Read read : batch.draft().reads()) {
          assertThat(read.draw()).isEqualTo(epoch);
          assertThat(seen.add(read.ref())).isTrue();
        }
      }
    }
  }

  @Test
  void shouldLeaveOutStudiesWithoutAReadableView() throws InterruptedException {
    appendStudies(3);

    List<TrainingBatch> batches = take(2, 3, 1 << 20, SourcePosition.start(SOURCE), 12);

    for (TrainingBatch batch : batches) {
      assertThat(batch.draft().reads())
          .hasSize(BATCH)
          .allSatisfy(read -> assertThat(read.ref().offset()).isGreaterThanOrEqualTo(3));
    }
  }

  @Test
  void shouldLeaveOutWithdrawnStudies() throws InterruptedException {
    appendStudies(0);
    withdrawn.add("s5");

    List<TrainingBatch> batches = take(2, 3, 1 << 20, SourcePosition.start(SOURCE), 12);

    assertThat(batches)
        .allSatisfy(
            batch ->
                assertThat(batch.draft().reads())
                    .hasSize(BATCH)
                    .extracting(Read::ref)
                    .doesNotContain(new TupleRef(0, 5)));
  }

  @Test
  void shouldSayThatTooFewStudiesHaveAReadableView() {
    appendStudies(STUDIES - BATCH + 1);

    assertThatThrownBy(() -> take(1, 1, 1 << 20, SourcePosition.start(SOURCE), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fewer than 4 studies");
  }

  /** So few have labels: all of them make the batch, epoch after epoch. */
  @Test
  void shouldMakeABatchOfAWholeEpochWhereItHasNoMore() throws InterruptedException {
    appendStudies(2);
    SourcePosition start = SourcePosition.start(SOURCE);

    List<TrainingBatch> batches = take(2, 3, 1 << 20, start, 5, 4 * STUDIES, 1);

    for (int epoch = 0; epoch < 5; epoch++) {
      int number = epoch;
      assertThat(batches.get(epoch).draft().reads())
          .allSatisfy(read -> assertThat(read.draw()).isEqualTo(number))
          .extracting(Read::ref)
          .doesNotHaveDuplicates()
          .hasSize(STUDIES - 2);
    }
    for (int step = 1; step < 5; step++) {
      SourcePosition position = batches.get(step - 1).draft().next().get(0);
      assertSame(take(1, 1, 0, position, 5 - step, 4 * STUDIES, 1), batches.subList(step, 5));
    }
  }

  @Test
  void shouldTakeNoShortBatchWhereAnEpochHasEnough() throws InterruptedException {
    appendStudies(0);
    SourcePosition start = SourcePosition.start(SOURCE);

    List<TrainingBatch> lenient = take(2, 3, 1 << 20, start, 12, BATCH, 1);

    assertSame(lenient, take(2, 3, 1 << 20, start, 12));
  }

  private static void assertSame(List<TrainingBatch> actual, List<TrainingBatch> expected) {
    assertThat(actual)
        .extracting(TrainingBatch::digest)
        .isEqualTo(expected.stream().map(TrainingBatch::digest).toList());
    assertThat(actual)
        .extracting(batch -> batch.draft().reads())
        .isEqualTo(expected.stream().map(batch -> batch.draft().reads()).toList());
    assertThat(actual.stream().map(batch -> batch.studies().images()).toArray(float[][]::new))
        .isDeepEqualTo(
            expected.stream().map(batch -> batch.studies().images()).toArray(float[][]::new));
  }

  private List<TrainingBatch> take(
      int workers, int prefetch, long cacheBytes, SourcePosition from, int count)
      throws InterruptedException {
    return take(workers, prefetch, cacheBytes, from, count, BATCH, BATCH);
  }

  private List<TrainingBatch> take(
      int workers,
      int prefetch,
      long cacheBytes,
      SourcePosition from,
      int count,
      int batch,
      int least)
      throws InterruptedException {
    PhaseTimes times = new PhaseTimes(Clock.systemUTC());
    StudyCache cache =
        new StudyCache(
            TupleReaders.open(cluster, CONNECTION, Topic.TUPLES_TRAIN, 1),
            new StudyDecoder(INPUT, 100, 100, times, Optional.empty()),
            times,
            cacheBytes);
    opened.add(cache);
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    Augmenter augmenter =
        new Augmenter(3, Augmentation.paper(), INPUT, new ReportMirroring.AsStaged());
    Studies studies =
        new Studies(
            Map.of(SOURCE, cache),
            pool,
            augmenter::decode,
            withdrawn::contains,
            new NeededInputs(true));
    EpochDrafts drafts =
        new EpochDrafts(
            3,
            Arrangement.NEWEST,
            0,
            batch,
            least,
            List.of(new EpochDrafts.Part(from, 1, index())),
            studies,
            prefetch);
    List<TrainingBatch> taken = new ArrayList<>();
    try (BatchFeed feed =
        new BatchFeed(
            drafts,
            new BatchAssembly(augmenter, StudyLabels.none(), 1, times).by(pool),
            prefetch)) {
      for (int i = 0; i < count; i++) {
        taken.add(feed.take());
      }
    } finally {
      pool.shutdownNow();
    }
    return taken;
  }

  private TupleIndex index() {
    List<OffsetRange> ranges = List.of(new OffsetRange(0, 0, STUDIES));
    List<TupleRef> refs =
        LongStream.range(0, STUDIES).mapToObj(offset -> new TupleRef(0, offset)).toList();
    return new TupleIndex(ranges, new OffsetSet(ranges, refs), RecordRanks.read(cluster, TOPIC));
  }

  /** Each study looks different. */
  private void appendStudies(int unreadable) {
    for (int i = 0; i < STUDIES; i++) {
      byte[] image = i < unreadable ? new byte[8] : Tuples.png(Tuples.bar(i, 2 * i + 5));
      cluster.append(
          TOPIC,
          0,
          Tuples.bytes(Tuples.tuple("s" + i, 1, tokenizer, "left effusion", image), TOPIC));
    }
  }
}
