package io.radstream.serving.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.radstream.model.config.ModelPreset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StudyIndexTest {

  private static final int NEAREST = 10;
  private static final int VOCABULARY = 50;

  /** That a network sees side by side. */
  private static final int VIEWS = 3;

  private final DrawnVectors small = new DrawnVectors(16);
  private StudyIndex index = new StudyIndex(10_000);

  @AfterEach
  void close() {
    index.close();
  }

  private void putAll(Map<String, float[]> vectors) {
    vectors.forEach((id, vector) -> index.put(new IndexedStudy(id, 1, vector, Optional.empty())));
    index.refresh();
  }

  private List<String> nearest(float[] query, int count) {
    return index.nearest(Side.STUDY, query, count, id -> true).stream()
        .map(Neighbour::studyId)
        .toList();
  }

  @Test
  void shouldFindNearlyAllOfTheNearestAmongVectorsOfRealSize() {
    // Given
    DrawnVectors real = new DrawnVectors(768);
    Map<String, float[]> studies = real.of("study", 2_500);
    List<float[]> queries = List.copyOf(real.of("query", 100).values());
    ExactSearch exact = new ExactSearch(studies);
    putAll(studies);

    // When
    List<List<String>> found = new ArrayList<>();
    queries.forEach(query -> found.add(nearest(query, NEAREST)));

    // Then
    int right = 0;
    for (int i = 0; i < queries.size(); i++) {
      Set<String> both = new HashSet<>(exact.nearest(queries.get(i), NEAREST));
      both.retainAll(found.get(i));
      right += both.size();
    }
    double recall = right / (double) (NEAREST * queries.size());
    assertThat(recall).isGreaterThanOrEqualTo(0.95);
  }

  @ParameterizedTest
  @EnumSource(ModelPreset.class)
  void shouldFindByVectorsAsWideAsThoseOfEachPreset(ModelPreset preset) {
    // Given
    DrawnVectors wide = new DrawnVectors(VIEWS * preset.config(VOCABULARY).radiograph().width());
    Map<String, float[]> studies = wide.of("study", 40);
    float[] query = wide.one("query", 0);
    putAll(studies);
    index.purge();

    // When
    List<String> found = nearest(query, NEAREST);

    // Then
    assertThat(found).isEqualTo(new ExactSearch(studies).nearest(query, NEAREST));
    assertThat(index.vector("study-3").orElseThrow()).containsExactly(studies.get("study-3"));
  }

  @Test
  void shouldRefuseAnIdThatCannotBeLookedForWithoutNamingIt() {
    // Given
    String id = "Zyxwvq".repeat(10_000);

    // When
    ThrowingCallable put =
        () -> index.put(new IndexedStudy(id, 1, small.one("study", 0), Optional.empty()));

    // Then
    assertThatThrownBy(put)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("Zyxwvq");
    assertThat(index.size()).isZero();
  }

  @Test
  void shouldTellTheCosine() {
    // Given
    Map<String, float[]> studies = small.of("study", 50);
    float[] query = small.one("query", 0);
    putAll(studies);

    // When
    List<Neighbour> found = index.nearest(Side.STUDY, query, 5, id -> true);

    // Then
    assertThat(found)
        .hasSize(5)
        .allSatisfy(
            neighbour ->
                assertThat(neighbour.similarity())
                    .isCloseTo(
                        ExactSearch.cosine(studies.get(neighbour.studyId()), query), within(1e-5)));
    assertThat(found.stream().map(Neighbour::studyId))
        .containsExactlyElementsOf(new ExactSearch(studies).nearest(query, 5));
  }

  @Test
  void shouldSearchReportsByVectorsOfTheirOwn() {
    // Given
    float[] here = small.one("here", 0);
    float[] there = small.one("there", 0);
    index.put(study("one", 1, here, "clear lungs", there));
    index.put(study("other", 1, there, "effusion", here));
    index.put(new IndexedStudy("without", 1, here, Optional.empty()));
    index.refresh();

    // When
    List<Neighbour> found = index.nearest(Side.REPORT, here, NEAREST, id -> true);

    // Then
    assertThat(found.stream().map(Neighbour::studyId)).containsExactly("other", "one");
    assertThat(found.get(0).report()).contains("effusion");
  }

  @Test
  void shouldKnowOnlyTheHighestRevision() {
    // Given
    index.put(study("one", 2, small.one("second", 0), "amended", small.one("second", 0)));
    index.put(study("one", 1, small.one("first", 0), "preliminary", small.one("first", 0)));
    index.refresh();

    // When
    List<Neighbour> found = index.nearest(Side.STUDY, small.one("first", 0), NEAREST, id -> true);

    // Then
    assertThat(found).extracting(Neighbour::report).containsExactly(Optional.of("amended"));
    assertThat(index.vector("one").orElseThrow()).containsExactly(small.one("second", 0));
  }

  @Test
  void shouldLetTheOldestLeave() {
    // Given
    index.close();
    index = new StudyIndex(3);

    // When
    putAll(small.of("study", 5));

    // Then
    assertThat(nearest(small.one("query", 0), NEAREST))
        .containsExactlyInAnyOrder("study-2", "study-3", "study-4");
    assertThat(index.size()).isEqualTo(3);
  }

  @Test
  void shouldForgetWhatIsRemoved() {
    // Given
    putAll(small.of("study", 5));

    // When
    index.remove("study-3");
    index.purge();

    // Then
    assertThat(nearest(small.one("study", 3), NEAREST)).hasSize(4).doesNotContain("study-3");
    assertThat(index.vector("study-3")).isEmpty();
    assertThat(index.remove("study-3")).isFalse();
  }

  @Test
  void shouldNotNameWhatMayNotBeShown() {
    // Given
    putAll(small.of("study", 5));

    // When
    List<Neighbour> found =
        index.nearest(Side.STUDY, small.one("study", 3), 4, id -> !id.equals("study-3"));

    // Then
    assertThat(found).hasSize(4).extracting(Neighbour::studyId).doesNotContain("study-3");
  }

  @Test
  void shouldFindNothingInAnEmptyIndex() {
    assertThat(nearest(small.one("query", 0), NEAREST)).isEmpty();
  }

  private static IndexedStudy study(
      String id, int revision, float[] vector, String text, float[] ofText) {
    return new IndexedStudy(
        id, revision, vector, Optional.of(new IndexedStudy.Report(text, ofText)));
  }
}
