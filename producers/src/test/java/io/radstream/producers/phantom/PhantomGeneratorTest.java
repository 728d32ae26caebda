package io.radstream.producers.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.Projection;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhantomGeneratorTest {

  private static final long SEED = 7;

  private final PhantomGenerator generator = new PhantomGenerator(64, PhantomGenerator.MAX_VIEWS);

  @Test
  void shouldDrawTheSameStudyAgain() {
    PhantomStudy once = generator.study(SEED, 12);

    PhantomStudy again = new PhantomGenerator(64, PhantomGenerator.MAX_VIEWS).study(SEED, 12);

    assertThat(again.report()).isEqualTo(once.report());
    assertThat(again.truth()).isEqualTo(once.truth());
    assertThat(pixels(again)).isEqualTo(pixels(once));
  }

  @Test
  void shouldDrawAnotherStudyForAnotherIndexAndAnotherSeed() {
    ByteBuffer study = pixels(generator.study(SEED, 1)).get(0);

    assertThat(pixels(generator.study(SEED, 2)).get(0)).isNotEqualTo(study);
    assertThat(pixels(generator.study(SEED + 1, 1)).get(0)).isNotEqualTo(study);
  }

  @Test
  void shouldVaryTheViewsOfOneStudy() {
    PhantomStudy study =
        LongStream.range(0, 100)
            .mapToObj(index -> generator.study(SEED, index))
            .filter(it -> it.views().size() > 1)
            .findFirst()
            .orElseThrow();

    assertThat(pixels(study)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(Finding.class)
  void shouldKeepEachFindingInItsShareOfStudies(Finding finding) {
    double share =
        LongStream.range(0, 4000)
                .mapToObj(i -> TruthSampler.draw(CounterRandom.of(SEED, "truth", i)))
                .filter(truth -> truth.has(finding))
                .count()
            / 4000.0;

    assertThat(share).isBetween(finding == Finding.NORMAL ? 0.25 : 0.18, 0.31);
  }

  @Test
  void shouldMixOneToFourViewsAndStartWithAFrontalOne() {
    PhantomGenerator small = new PhantomGenerator(32, PhantomGenerator.MAX_VIEWS);

    List<PhantomStudy> studies =
        LongStream.range(0, 1000).mapToObj(index -> small.study(SEED, index)).toList();

    assertThat(share(studies, 1)).isCloseTo(0.35, within(0.05));
    assertThat(share(studies, 2)).isCloseTo(0.40, within(0.05));
    assertThat(share(studies, 3)).isCloseTo(0.20, within(0.05));
    assertThat(share(studies, 4)).isCloseTo(0.05, within(0.03));
    assertThat(studies)
        .allMatch(it -> it.views().get(0).projection() != Projection.LATERAL)
        .anyMatch(it -> it.patient() != it.index());
  }

  @Test
  void shouldRefuseAnImpossibleNumberOfViews() {
    assertThatThrownBy(() -> new PhantomGenerator(64, 5))
        .hasMessageContaining("1 to 4 views, not 5");
  }

  private static double share(List<PhantomStudy> studies, int views) {
    return studies.stream().filter(it -> it.views().size() == views).count()
        / (double) studies.size();
  }

  private static List<ByteBuffer> pixels(PhantomStudy study) {
    return study.views().stream().map(view -> ByteBuffer.wrap(view.image().pixels())).toList();
  }
}
