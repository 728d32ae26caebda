package io.radstream.trainer.feed;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.Topic;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.kafka.FakeCluster;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StudyCacheTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.TUPLES_TRAIN);

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 1);

  @BeforeEach
  void fill() throws IOException {
    byte[] image = Tuples.png(Tuples.bar(3, 9));
    try (ReportTokenizer tokenizer = Tuples.tokenizer()) {
      for (int i = 0; i < 30; i++) {
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
      for (long offset : new long[] {0, 10, 20, 0}) {
        assertThat(get(cache, offset)).isEqualTo("s" + offset);
      }
    }

    assertThat(cluster.seeks()).isEqualTo(4);
  }

  private StudyCache cache(long bytes) {
    PhaseTimes times = new PhaseTimes(Clock.systemUTC());
    return new StudyCache(
        TupleReader.open(cluster, CONNECTION, Topic.TUPLES_TRAIN),
        new StudyDecoder(new ModelInput(32), 100, 100, times, Optional.empty()),
        times,
        bytes);
  }

  private static String get(StudyCache cache, long offset) {
    long begin = offset / 10 * 10;
    List<TupleRef> group =
        LongStream.range(begin, begin + 10).mapToObj(at -> new TupleRef(0, at)).toList();
    return cache.get(new TupleRef(0, offset), () -> group).studyId();
  }
}
