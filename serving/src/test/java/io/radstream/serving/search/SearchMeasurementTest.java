package io.radstream.serving.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tells how long a search takes, beside one that looks at every vector, and how much memory an
 * index holds; only when asked.
 */
@EnabledIfSystemProperty(
    named = "radstream.search",
    matches = "\\d+",
    disabledReason = "a measurement of some minutes, for docs/benchmarks.md")
class SearchMeasurementTest {

  private static final int NEAREST = 10;
  private static final int QUERIES = 500;

  private static final int DIMENSIONS = Integer.getInteger("radstream.search.dimensions", 768);

  private final DrawnVectors vectors = new DrawnVectors(DIMENSIONS);

  @Test
  void shouldFindNearlyAllOfTheNearest() {
    int count = Integer.getInteger("radstream.search");
    Map<String, float[]> studies = vectors.of("study", count);
    List<float[]> queries = List.copyOf(vectors.of("query", QUERIES).values());
    ExactSearch exact = new ExactSearch(studies);
    long before = heap();
    try (StudyIndex index = new StudyIndex(count)) {
      long began = System.nanoTime();
      studies.forEach((id, vector) -> index.put(new IndexedStudy(id, 1, vector, Optional.empty())));
      index.refresh();
      double built = (System.nanoTime() - began) / 1e9;
      double perStudy = (heap() - before) / (double) count;
      // The first round is for Java's compilers.
      times(index, queries, new ArrayList<>());
      List<Set<String>> found = new ArrayList<>();
      List<Long> times = times(index, queries, found);
      int right = 0;
      for (int i = 0; i < QUERIES; i++) {
        found.get(i).retainAll(exact.nearest(queries.get(i), NEAREST));
        right += found.get(i).size();
      }
      double recall = right / (double) (NEAREST * QUERIES);
      System.out.printf(
          Locale.ROOT,
          "### %d studies of %d dimensions: recall@10 %.4f, %.0f bytes each, built in %.1f s,"
              + " p50 %.2f ms, p99 %.2f ms%n",
          count,
          DIMENSIONS,
          recall,
          perStudy,
          built,
          millis(times.get(QUERIES / 2)),
          millis(times.get(QUERIES * 99 / 100)));
      assertThat(recall).isGreaterThanOrEqualTo(0.9);
    }
  }

  /** Bytes that are held. */
  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static double millis(long nanos) {
    return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  /** In nanoseconds, the shortest first. */
  private static List<Long> times(
      StudyIndex index, List<float[]> queries, List<Set<String>> found) {
    List<Long> times = new ArrayList<>();
    for (float[] query : queries) {
      long began = System.nanoTime();
      List<Neighbour> nearest = index.nearest(Side.STUDY, query, NEAREST, id -> true);
      times.add(System.nanoTime() - began);
      Set<String> ids = new HashSet<>();
      nearest.forEach(neighbour -> ids.add(neighbour.studyId()));
      found.add(ids);
    }
    Collections.sort(times);
    return times;
  }
}
