package io.radstream.model.generation;

import static io.radstream.model.generation.WritingNetworks.END;
import static io.radstream.model.generation.WritingNetworks.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.Learning;
import io.radstream.model.Refers;
import io.radstream.model.RefersTraining;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Compute;
import io.radstream.model.config.Generation;
import io.radstream.model.config.LearningRates;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.config.Objectives;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.generation.WritingNetworks.Uncached;
import io.radstream.model.network.StudyBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportGenerationTest {

  private static final int VOCABULARY = SmallNetworks.REPORT_VOCABULARY;
  private static final int TOKENS = 12;
  private static final Generation GREEDY = Generation.greedy(START, END);

  @TempDir private Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  static Stream<ModelConfig> networks() {
    return Stream.of(
            SmallNetworks.paper(0),
            SmallNetworks.released(0),
            SmallNetworks.with(SmallNetworks.paper(0), new Fusion(FusionKind.NONE, 16)))
        .map(config -> WritingNetworks.with(config, VOCABULARY, TOKENS, 2));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldWriteGreedilyWhatAFullPassForEachTokenWrites(ModelConfig config) throws IOException {
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      for (int seed = 0; seed < 5; seed++) {
        float[] images = SmallNetworks.batch(1, seed).images();

        GeneratedReport report = refers.generate(images, 1, GREEDY).get(0);

        try (Uncached full = Uncached.of(config, 7, images, 1)) {
          GeneratedReport expected = greedy(full);
          assertThat(report.tokens()).containsExactly(expected.tokens());
          assertThat(report.logProbability()).isCloseTo(expected.logProbability(), within(1e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldFindTheBestOfAllReportsWhereNoneIsLeftOut(ModelConfig large) throws IOException {
    ModelConfig config = WritingNetworks.with(large, 6, 5, 2);
    // Three tokens beside start, end and a forbidden one: 1 + 3 + 9 + 27 end, 81 are cut.
    Generation options =
        Generation.beam(START, END, 121).withLengthPenalty(0.6).withForbidden(Set.of(0));
    try (Refers refers = WritingNetworks.refers(config, 3, directory)) {
      float[] images = SmallNetworks.batch(1, 3).images();

      GeneratedReport report = refers.generate(images, 1, options).get(0);

      try (Uncached full = Uncached.of(config, 3, images, 1)) {
        List<GeneratedReport> all = all(full, new GeneratedReport(new int[] {START}, 0));
        GeneratedReport best =
            all.stream()
                .reduce((one, other) -> score(other) > score(one) ? other : one)
                .orElseThrow();
        assertThat(all).hasSize(121);
        assertThat(report.tokens()).containsExactly(best.tokens());
        assertThat(report.logProbability()).isCloseTo(best.logProbability(), within(1e-4));
        assertThat(score(report)).isGreaterThanOrEqualTo(score(greedy(full)) - 1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldSearchAsWithAFullPassForEachToken(ModelConfig config) throws IOException {
    Generation options = Generation.beam(START, END, 3);
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      for (int seed = 0; seed < 3; seed++) {
        float[] images = SmallNetworks.batch(1, seed).images();

        GeneratedReport report = refers.generate(images, 1, options).get(0);

        try (Uncached full = Uncached.of(config, 7, images, 1)) {
          StudyBeam beam = new StudyBeam(options, TOKENS);
          while (!beam.live().isEmpty()) {
            beam.advance(beam.live().stream().map(live -> full.next(live.tokens())).toList());
          }
          assertThat(report.tokens()).containsExactly(beam.best().tokens());
          assertThat(report.logProbability()).isCloseTo(beam.best().logProbability(), within(1e-4));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldWriteForABatchWhatItWritesOneByOne(ModelConfig config) throws IOException {
    int studies = 4;
    float[] images = SmallNetworks.batch(studies, 9).images();
    int size = images.length / studies;
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      for (Generation options : List.of(GREEDY, Generation.beam(START, END, 3))) {
        List<GeneratedReport> together = refers.generate(images, studies, options);

        assertThat(together).hasSize(studies);
        for (int i = 0; i < studies; i++) {
          float[] own = Arrays.copyOfRange(images, i * size, (i + 1) * size);
          GeneratedReport alone = refers.generate(own, 1, options).get(0);
          assertThat(together.get(i).tokens()).containsExactly(alone.tokens());
          assertThat(together.get(i).logProbability())
              .isCloseTo(alone.logProbability(), within(1e-4));
        }
      }
    }
  }

  @Test
  void shouldWriteTheReportsThatItLearnedByHeart() throws IOException {
    int[][] reports = {
      {START, 10, 11, 12, END},
      {START, 10, 12, 11, 10, 12, 11, 13, END},
      {START, 20, END},
      {START, 30, 31, 30, 31, 32, 33, 34, 35, 36, 37, END}
    };
    StudyBatch batch = new StudyBatch(SmallNetworks.batch(reports.length, 1).images(), reports);
    Path weights = directory.resolve("model.safetensors");
    ModelConfig config = SmallNetworks.paper(0);
    OptimizerConfig optimizer = new OptimizerConfig(0.9, 0, 5);
    try (RefersTraining training =
        RefersTraining.start(
            new Learning(config, optimizer, Compute.PLAIN, ComputeDevice.best()), 7)) {
      double loss = Double.MAX_VALUE;
      // Each report is then more probable than e^(−4 · 0.05), and every other by far less.
      for (int step = 0; step < 1_000 && loss > 0.05; step++) {
        training.step(batch, new LearningRates(0.02, 0.02), step);
        loss = training.evaluate(batch).losses().of("language").orElseThrow();
      }
      assertThat(loss).isLessThan(0.05);
      training.save(weights, directory.resolve("optimizer.safetensors"));
    }
    try (Refers refers = Refers.load(config, weights, ComputeDevice.best())) {
      for (int beams = 1; beams <= 4; beams++) {
        Generation options = Generation.beam(START, END, beams);
        List<GeneratedReport> written = refers.generate(batch.images(), reports.length, options);

        assertThat(written.stream().map(GeneratedReport::tokens).toArray(int[][]::new))
            .isDeepEqualTo(reports);
      }
    }
  }

  @Test
  void shouldKeepToEveryLimitAtOnce() throws IOException {
    ModelConfig config = networks().findFirst().orElseThrow();
    float[] images = SmallNetworks.batch(6, 2).images();
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      Set<Integer> favourites = new HashSet<>();
      for (GeneratedReport report : refers.generate(images, 6, GREEDY)) {
        assertThat(report.tokens()).hasSizeLessThanOrEqualTo(TOKENS);
        favourites.add(report.tokens()[1]);
      }
      favourites.remove(END);
      Generation strict =
          Generation.beam(START, END, 3)
              .withTokens(5, 8)
              .withRepetition(1, 1)
              .withForbidden(favourites);

      List<GeneratedReport> reports = refers.generate(images, 6, strict);

      assertThat(reports)
          .allSatisfy(
              report -> {
                List<Integer> tokens = Arrays.stream(report.tokens()).boxed().toList();
                assertThat(tokens).startsWith(START).hasSizeBetween(5, 8);
                assertThat(tokens).doesNotHaveDuplicates().doesNotContainAnyElementsOf(favourites);
              });
    }
  }

  @Test
  void shouldNeverBeLongerThanTheNetworkCan() throws IOException {
    ModelConfig config = WritingNetworks.with(SmallNetworks.released(0), VOCABULARY, 5, 1);
    Generation endless = GREEDY.withTokens(5, Integer.MAX_VALUE);
    float[] images = SmallNetworks.batch(1, 2).images();
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      assertThat(refers.generate(images, 1, endless).get(0).tokens()).hasSize(5);
      assertThatThrownBy(() -> refers.generate(images, 1, endless.withTokens(6, Integer.MAX_VALUE)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("generation.minTokens (at most the network's longest report, 5)");
    }
  }

  @Test
  void shouldRefuseTokensBeyondTheVocabulary() throws IOException {
    ModelConfig config = networks().findFirst().orElseThrow();
    float[] images = SmallNetworks.batch(1, 2).images();
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      for (Generation wrong :
          List.of(
              Generation.greedy(VOCABULARY, END),
              Generation.greedy(START, VOCABULARY),
              GREEDY.withForbidden(Set.of(VOCABULARY)))) {
        assertThatThrownBy(() -> refers.generate(images, 1, wrong))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("(below the vocabulary, 50) = ");
      }
    }
  }

  @Test
  void shouldSayThatANetworkWithoutTheLanguageLossCannotWrite() throws IOException {
    ModelConfig full = SmallNetworks.paper(0);
    ModelConfig config = SmallNetworks.with(full, Objectives.paper(0.1, 0), full.findings());
    float[] images = SmallNetworks.batch(1, 2).images();
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      assertThatThrownBy(() -> refers.generate(images, 1, GREEDY))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("trained without the language loss");
    }
  }

  @Test
  void shouldWriteTheSameFromManyThreadsAtATime() throws Exception {
    ModelConfig config = networks().findFirst().orElseThrow();
    float[] images = SmallNetworks.batch(2, 5).images();
    Generation options = Generation.beam(START, END, 2);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      int[][] expected = tokens(refers.generate(images, 2, options));

      List<Future<int[][]>> found = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        found.add(threads.submit(() -> tokens(refers.generate(images, 2, options))));
      }

      for (Future<int[][]> tokens : found) {
        assertThat(tokens.get()).isDeepEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int[][] tokens(List<GeneratedReport> reports) {
    return reports.stream().map(GeneratedReport::tokens).toArray(int[][]::new);
  }

  private static GeneratedReport greedy(Uncached full) {
    int[] report = {START};
    double sum = 0;
    while (report.length < full.decoder().config().maxTokens()
        && report[report.length - 1] != END) {
      double[] next = full.next(report);
      int best =
          IntStream.range(0, next.length)
              .reduce((one, other) -> next[other] > next[one] ? other : one)
              .orElseThrow();
      sum += next[best];
      report = with(report, best);
    }
    return new GeneratedReport(report, sum);
  }

  /** Every report that begins so, with token 0 forbidden. */
  private static List<GeneratedReport> all(Uncached full, GeneratedReport begun) {
    int[] tokens = begun.tokens();
    if (tokens.length == full.decoder().config().maxTokens() || tokens[tokens.length - 1] == END) {
      return List.of(begun);
    }
    double[] next = full.next(tokens);
    return IntStream.range(1, next.length)
        .filter(token -> token != START)
        .mapToObj(
            token -> new GeneratedReport(with(tokens, token), begun.logProbability() + next[token]))
        .flatMap(longer -> all(full, longer).stream())
        .toList();
  }

  private static int[] with(int[] report, int token) {
    int[] longer = Arrays.copyOf(report, report.length + 1);
    longer[report.length] = token;
    return longer;
  }

  private static double score(GeneratedReport report) {
    return report.logProbability() / Math.pow(report.tokens().length - 1, 0.6);
  }
}
