package io.radstream.trainer.feed;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.StudyBatch;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.config.Augmentation;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.tuples.BatchOrder;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainingBatchesTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.TUPLES_TRAIN);
  private static final ModelInput INPUT = new ModelInput(32);
  private static final int BATCH = 4;
  private static final int STUDIES = 14;

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 1);
  private final List<AutoCloseable> opened = new ArrayList<>();
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

    List<StudyBatch> alone = take(1, 1, 1 << 20, 0, 12);
    List<StudyBatch> crowd = take(4, 8, 0, 0, 12);

    assertSame(crowd, alone);
  }

  @Test
  void shouldGoOnFromAnyStep() throws InterruptedException {
    appendStudies(0);
    List<StudyBatch> whole = take(2, 3, 1 << 20, 0, 12);

    List<StudyBatch> resumed = take(2, 3, 1 << 20, 7, 12);

    assertSame(resumed, whole.subList(7, 12));
  }

  @Test
  void shouldFillThePlaceOfAStudyWithoutAReadableView() throws InterruptedException {
    appendStudies(3);

    List<StudyBatch> batches = take(2, 3, 1 << 20, 0, 12);

    for (StudyBatch batch : batches) {
      assertThat(batch.size()).isEqualTo(BATCH);
      Set<Integer> studies = new HashSet<>();
      int values = batch.images().length / BATCH;
      for (int i = 0; i < BATCH; i++) {
        studies.add(
            Arrays.hashCode(Arrays.copyOfRange(batch.images(), i * values, (i + 1) * values)));
      }
      assertThat(studies).hasSize(BATCH);
    }
  }

  @Test
  void shouldSayThatTooFewStudiesHaveAReadableView() {
    appendStudies(STUDIES - BATCH + 1);

    assertThatThrownBy(() -> take(1, 1, 1 << 20, 0, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fewer than 4 studies");
  }

  @Test
  void shouldEndAfterTheLastStep() {
    appendStudies(0);

    assertThatThrownBy(
            () -> {
              try (BatchFeed feed = new BatchFeed(batches(1 << 20), 0, 2, 1, 5)) {
                for (int i = 0; i < 3; i++) {
                  feed.take();
                }
              }
            })
        .isInstanceOf(NoSuchElementException.class);
  }

  private static void assertSame(List<StudyBatch> actual, List<StudyBatch> expected) {
    assertThat(actual.stream().map(StudyBatch::images).toArray(float[][]::new))
        .isDeepEqualTo(expected.stream().map(StudyBatch::images).toArray(float[][]::new));
    assertThat(actual.stream().map(batch -> Arrays.deepToString(batch.tokens())).toList())
        .isEqualTo(expected.stream().map(batch -> Arrays.deepToString(batch.tokens())).toList());
  }

  private List<StudyBatch> take(int workers, int prefetch, long cacheBytes, long from, long to)
      throws InterruptedException {
    List<StudyBatch> taken = new ArrayList<>();
    try (BatchFeed feed = new BatchFeed(batches(cacheBytes), from, to, workers, prefetch)) {
      for (long step = from; step < to; step++) {
        taken.add(feed.take());
      }
    }
    return taken;
  }

  private BatchSource batches(long cacheBytes) {
    List<TupleRef> refs =
        LongStream.range(0, STUDIES).mapToObj(offset -> new TupleRef(0, offset)).toList();
    StudyCache cache =
        new StudyCache(
            TupleReader.open(cluster, CONNECTION, Topic.TUPLES_TRAIN),
            new StudyDecoder(INPUT, 100, 100),
            cacheBytes);
    opened.add(cache);
    return new TrainingBatches(
        new BatchOrder(3, refs, BATCH),
        cache,
        new Augmenter(
            3, Augmentation.paper(), INPUT, tokenizer.vocabulary(), tokenizer.vocabulary()),
        StudyLabels.none(),
        BATCH);
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
