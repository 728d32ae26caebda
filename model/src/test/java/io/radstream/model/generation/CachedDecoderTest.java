package io.radstream.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.generation.WritingNetworks.Uncached;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CachedDecoderTest {

  private static final int VOCABULARY = SmallNetworks.REPORT_VOCABULARY;
  private static final int TOKENS = 12;
  private static final int STUDIES = 3;
  private static final float[] IMAGES = SmallNetworks.batch(STUDIES, 4).images();

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static Stream<ModelConfig> variants() {
    return Stream.of(SmallNetworks.paper(0), SmallNetworks.released(0.5))
        .map(config -> WritingNetworks.with(config, VOCABULARY, TOKENS, 3));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void shouldGiveTheLogitsOfAFullPassAtEveryPlace(ModelConfig config) {
    int[][] reports = reports(1);
    try (Uncached full = Uncached.of(config, 7, IMAGES, STUDIES);
        NDManager manager = full.manager().newSubManager()) {
      float[][][] expected = full.logits(reports);
      CachedDecoder cached = new CachedDecoder(full.decoder(), manager);
      cached.join(copy(full));

      for (int t = 0; t < TOKENS; t++) {
        float[] logits = cached.next(column(reports, t));

        for (int row = 0; row < STUDIES; row++) {
          assertClose(row(logits, row), expected[row][t]);
        }
      }
    }
  }

  static Stream<Arguments> variantsAndRows() {
    List<int[]> rows =
        List.of(new int[] {2, 0, 2, 2}, new int[] {2, 0, 1}, new int[] {1, 1, 0}, new int[] {2});
    return variants().flatMap(config -> rows.stream().map(kept -> Arguments.of(config, kept)));
  }

  @ParameterizedTest
  @MethodSource("variantsAndRows")
  void shouldFollowReportsThatChangePlacesComeTwiceOrGo(ModelConfig config, int[] kept) {
    int[][] reports = reports(2);
    int[] further = {11, 12, 13, 14};
    try (Uncached full = Uncached.of(config, 7, IMAGES, STUDIES);
        NDManager manager = full.manager().newSubManager()) {
      CachedDecoder cached = new CachedDecoder(full.decoder(), manager);
      cached.join(copy(full));
      IntStream.range(0, 5).forEach(t -> cached.next(column(reports, t)));

      cached.keep(kept);
      float[] logits = cached.next(Arrays.copyOf(further, kept.length));

      for (int row = 0; row < kept.length; row++) {
        int[][] longer = reports(2);
        longer[kept[row]][5] = further[row];
        assertClose(row(logits, row), full.logits(longer)[kept[row]][5]);
      }
    }
  }

  @Test
  void shouldHoldNoMoreAfterManyTokensThanAfterOne() {
    ModelConfig config = variants().findFirst().orElseThrow();
    int[][] reports = reports(3);
    try (Uncached full = Uncached.of(config, 7, IMAGES, STUDIES);
        NDManager manager = full.manager().newSubManager()) {
      CachedDecoder cached = new CachedDecoder(full.decoder(), manager);
      cached.join(copy(full));
      cached.next(column(reports, 0));
      int ofTheNetwork = full.manager().getManagedArrays().size();
      int first = manager.getManagedArrays().size();

      for (int t = 1; t < TOKENS; t++) {
        cached.keep(new int[] {1, 2, 0});
        cached.next(column(reports, t));
      }

      // Keys and values of three blocks, of the tokens and of the studies.
      assertThat(first).isEqualTo(12);
      assertThat(manager.getManagedArrays()).hasSize(first);
      assertThat(full.manager().getManagedArrays()).hasSize(ofTheNetwork);
    }
  }

  private static NDArray copy(Uncached full) {
    return full.memory().duplicate();
  }

  private static int[][] reports(long seed) {
    Random random = new Random(seed);
    int[][] reports = new int[STUDIES][];
    Arrays.setAll(reports, i -> random.ints(TOKENS, 0, VOCABULARY).toArray());
    return reports;
  }

  private static int[] column(int[][] reports, int t) {
    return Arrays.stream(reports).mapToInt(report -> report[t]).toArray();
  }

  private static float[] row(float[] logits, int row) {
    return Arrays.copyOfRange(logits, row * VOCABULARY, (row + 1) * VOCABULARY);
  }

  private static void assertClose(float[] found, float[] expected) {
    double largest =
        IntStream.range(0, expected.length).mapToDouble(i -> Math.abs(expected[i])).max().orElse(0);
    assertThat(found).containsExactly(expected, within((float) (1e-5 * largest)));
  }
}
