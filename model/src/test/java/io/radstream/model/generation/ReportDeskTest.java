package io.radstream.model.generation;

import static io.radstream.model.generation.WritingNetworks.END;
import static io.radstream.model.generation.WritingNetworks.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.Refers;
import io.radstream.model.SmallNetworks;
import io.radstream.model.config.Generation;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.ModelConfig.Fusion;
import io.radstream.model.config.ModelConfig.FusionKind;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.generation.WritingNetworks.Uncached;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportDeskTest {

  private static final int VOCABULARY = SmallNetworks.REPORT_VOCABULARY;
  private static final int TOKENS = 12;
  private static final Generation GREEDY = Generation.greedy(START, END);

  /** What is asked for a study, and how many tokens after the one before. */
  private record Asked(int study, Generation options, Optional<Sampling> sampling, int later) {}

  private static final List<Asked> ASKED =
      List.of(
          new Asked(0, GREEDY, Optional.empty(), 0),
          new Asked(1, GREEDY, Optional.of(sampling(5)), 0),
          new Asked(2, Generation.beam(START, END, 3), Optional.empty(), 2),
          new Asked(3, GREEDY.withTokens(2, 6), Optional.of(sampling(6)), 1),
          new Asked(4, GREEDY.withRepetition(1.3, 2), Optional.empty(), 4),
          new Asked(0, GREEDY, Optional.of(sampling(7)), 1),
          new Asked(5, Generation.beam(START, END, 8), Optional.empty(), 1),
          new Asked(6, GREEDY, Optional.empty(), 3));

  @TempDir private Path directory;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private static Sampling sampling(long seed) {
    return new Sampling(
        1.2, 20, 0.95, place -> new SplittableRandom(1_000 * seed + place).nextDouble());
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
  void shouldWriteSideBySideWhatItWritesForEachStudyAlone(ModelConfig config) throws IOException {
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      List<GeneratedReport> alone = ASKED.stream().map(asked -> alone(refers, asked)).toList();

      List<GeneratedReport> together = together(refers, ASKED);

      for (int i = 0; i < ASKED.size(); i++) {
        assertThat(together.get(i).tokens()).as("report %d", i).isEqualTo(alone.get(i).tokens());
        assertThat(together.get(i).logProbability())
            .isCloseTo(alone.get(i).logProbability(), within(1e-3));
      }
      assertThat(alone.get(0).tokens()).isNotEqualTo(alone.get(5).tokens());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldWriteWithoutDrawsWhatIsWrittenWithoutADesk(ModelConfig config) throws IOException {
    try (Refers refers = WritingNetworks.refers(config, 7, directory)) {
      for (Asked asked : ASKED.stream().filter(one -> one.sampling().isEmpty()).toList()) {
        GeneratedReport report = alone(refers, asked);

        assertThat(report.tokens())
            .isEqualTo(refers.generate(images(asked.study()), 1, asked.options()).get(0).tokens());
      }
    }
  }

  @Test
  void shouldGoOnWithTheOthersWhereOneIsGivenUp() throws IOException {
    ModelConfig config = networks().findFirst().orElseThrow();
    try (Refers refers = WritingNetworks.refers(config, 7, directory);
        ReportDesk desk = refers.desk()) {
      ReportInHand first = begin(desk, ASKED.get(0));
      ReportInHand second = begin(desk, ASKED.get(2));
      ReportInHand third = begin(desk, ASKED.get(1));
      desk.step();
      desk.step();

      desk.leave(second);

      finish(desk);
      assertThat(second.isWritten()).isFalse();
      assertThat(first.report().tokens()).isEqualTo(alone(refers, ASKED.get(0)).tokens());
      assertThat(third.report().tokens()).isEqualTo(alone(refers, ASKED.get(1)).tokens());
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldSettleOnlyWhatStaysInTheEnd(ModelConfig config) throws IOException {
    try (Refers refers = WritingNetworks.refers(config, 7, directory);
        ReportDesk desk = refers.desk()) {
      for (Asked asked : ASKED) {
        ReportInHand report = begin(desk, asked);
        List<int[]> settled = new ArrayList<>();
        while (desk.open() > 0) {
          settled.add(report.settled());
          desk.step();
        }
        int[] whole = report.report().tokens();
        assertThat(settled)
            .allSatisfy(
                part -> assertThat(Arrays.copyOf(whole, part.length)).containsExactly(part));
        assertThat(report.settled()).isEqualTo(whole);
      }
    }
  }

  @Test
  void shouldHoldNothingWhenAllHaveGone() {
    ModelConfig config = networks().findFirst().orElseThrow();
    try (Uncached full = Uncached.of(config, 7, images(0), 1);
        NDManager manager = full.manager().newSubManager()) {
      int before = full.manager().getManagedArrays().size();
      ReportSearch search = new ReportSearch(manager, full.decoder());
      for (int i = 0; i < 3; i++) {
        ReportInHand given = join(search, full);
        search.step();
        join(search, full);
        search.step();
        search.leave(given);
        while (search.open() > 0) {
          search.step();
        }
      }

      assertThat(manager.getManagedArrays()).isEmpty();
      assertThat(full.manager().getManagedArrays()).hasSize(before);
    }
  }

  private static ReportInHand join(ReportSearch search, Uncached full) {
    try (NDManager seeing = full.manager().newSubManager()) {
      NDArray memory = full.memory().duplicate();
      memory.attach(seeing);
      return search.join(memory, 1, GREEDY, Optional.empty()).get(0);
    }
  }

  @Test
  void shouldRefuseDrawsWithSeveralBeams() throws IOException {
    ModelConfig config = networks().findFirst().orElseThrow();
    try (Refers refers = WritingNetworks.refers(config, 7, directory);
        ReportDesk desk = refers.desk()) {
      assertThatThrownBy(
              () -> desk.begin(images(0), Generation.beam(START, END, 2), Optional.of(sampling(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("one beam");
      assertThat(desk.open()).isZero();
    }
  }

  private static float[] images(int study) {
    return SmallNetworks.batch(1, study).images();
  }

  private static ReportInHand begin(ReportDesk desk, Asked asked) {
    return desk.begin(images(asked.study()), asked.options(), asked.sampling());
  }

  private static void finish(ReportDesk desk) {
    while (desk.open() > 0) {
      desk.step();
    }
  }

  private static GeneratedReport alone(Refers refers, Asked asked) {
    try (ReportDesk desk = refers.desk()) {
      ReportInHand report = begin(desk, asked);
      finish(desk);
      return report.report();
    }
  }

  private static List<GeneratedReport> together(Refers refers, List<Asked> asked) {
    try (ReportDesk desk = refers.desk()) {
      List<ReportInHand> reports = new ArrayList<>();
      for (Asked one : asked) {
        IntStream.range(0, one.later()).forEach(i -> desk.step());
        reports.add(begin(desk, one));
      }
      finish(desk);
      return reports.stream().map(ReportInHand::report).toList();
    }
  }
}
