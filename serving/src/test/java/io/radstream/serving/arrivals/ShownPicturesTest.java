package io.radstream.serving.arrivals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.objects.Claim;
import io.radstream.objects.ClaimedObjects;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.TestBucket;
import io.radstream.objects.TestBucket.Bucket;
import io.radstream.objects.Tries;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.study.StudyViews;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StudyScore;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.PicturesAwayException;
import io.radstream.serving.pictures.ViewPictures;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which of its two pictures a study that arrived is scored by. */
@ExtendWith(TestBucket.class)
class ShownPicturesTest {

  private static final byte[] SMALL = {1};
  private static final byte[] LARGE = "large".getBytes(UTF_8);
  private static final String KEY = "study/view/" + Sha256.of(LARGE) + ".png";

  private final List<String> shown = new ArrayList<>();
  private Bucket bucket;
  private ObjectStore store;
  private boolean liveSeesOriginals;

  /** Empty for the live one. */
  private Optional<Boolean> anotherSeesOriginals = Optional.empty();

  @BeforeEach
  void put(Bucket given) throws IOException {
    bucket = given;
    store = bucket.open();
    store.create(KEY, LARGE);
  }

  @Test
  void shouldShowEachCheckpointWhatItLearnedFrom() {
    ArrivalScoring scoring = scoring(Optional.of(objects()));

    String before = scoring.score(List.of(arrival())).get(0).getReceipt();
    liveSeesOriginals = true;
    String since = scoring.score(List.of(arrival())).get(0).getReceipt();
    anotherSeesOriginals = Optional.of(false);
    String another = scoring.score(List.of(arrival())).get(0).getReceipt();

    assertThat(before).isEqualTo(another).isEqualTo(Sha256.of(SMALL));
    assertThat(since).isEqualTo(Sha256.of(LARGE));
    // Where another one answers than the live one, it is shown both.
    assertThat(shown)
        .containsExactly(Sha256.of(SMALL), Sha256.of(LARGE), Sha256.of(LARGE), Sha256.of(SMALL));
  }

  @Test
  void shouldSayThatAPictureIsGoneOrChanged() throws IOException {
    liveSeesOriginals = true;
    ArrivalScoring scoring = scoring(Optional.of(objects()));
    bucket.overwrite(KEY, "other".getBytes(UTF_8));
    StudyScore changed = scoring.score(List.of(arrival())).get(0);
    store.delete(KEY);
    StudyScore gone = scoring.score(List.of(arrival())).get(0);

    assertThat(changed.getRefused())
        .isEqualTo("a view at full resolution was changed in the store since it was published");
    assertThat(gone.getRefused()).isEqualTo("a view at full resolution is gone from the store");
    assertThat(gone.getProbabilities()).isEmpty();
  }

  @Test
  void shouldScoreNothingWhileTheStoreIsAwayOrNobodyHasSaidWhereItIs() {
    liveSeesOriginals = true;
    bucket.server().stop();
    try {
      assertThatThrownBy(() -> scoring(Optional.of(objects())).score(List.of(arrival())))
          .isInstanceOf(PicturesAwayException.class)
          .hasMessageContaining("the store does not answer");
    } finally {
      bucket.server().start();
    }
    assertThat(shown).isEmpty();
    assertThatThrownBy(() -> scoring(Optional.empty()).score(List.of(arrival())))
        .isInstanceOf(PicturesAwayException.class)
        .hasMessageContaining("--originals s3://BUCKET/PREFIX has to say");
  }

  @Test
  void shouldNotWaitForAStoreThatTheCheckpointWantsNothingOf() {
    liveSeesOriginals = true;
    ArrivalScoring scoring = scoring(Optional.of(objects()));
    scoring.score(List.of(arrival()));
    bucket.server().stop();
    try {
      assertThatThrownBy(() -> scoring.score(List.of(arrival())))
          .isInstanceOf(PicturesAwayException.class);
      liveSeesOriginals = false;

      StudyScore score = scoring.score(List.of(arrival())).get(0);

      assertThat(score.getReceipt()).isEqualTo(Sha256.of(SMALL));
    } finally {
      bucket.server().start();
    }
  }

  @Test
  void shouldFindAgainWhatAReceiptHasDigestsOf() throws Exception {
    PictureReader pictures = new PictureReader(Optional.of(objects()));

    assertThat(pictures.named(arrival().views(), List.of(Sha256.of(LARGE))))
        .containsExactly(Map.entry("view 0", LARGE));
    assertThat(pictures.named(arrival().views(), List.of(Sha256.of(SMALL))))
        .containsExactly(Map.entry("view 0", SMALL));
  }

  private ArrivalScoring scoring(Optional<ClaimedObjects> objects) {
    return new ArrivalScoring(
        new PictureReader(objects),
        () -> liveSeesOriginals,
        (views, terms) -> CompletableFuture.completedFuture(scored(views.get())),
        (scored, digests) -> String.join(" ", digests),
        time -> {},
        InstantSource.fixed(Instant.EPOCH));
  }

  private ScoredStudy scored(StudyViews views) {
    views.received().forEach(view -> shown.add(Sha256.of(view)));
    ModelIdentity identity =
        new ModelIdentity(
            "chest-1",
            "chest",
            1,
            Instant.EPOCH,
            CheckpointContent.NONE.seeing(anotherSeesOriginals.orElse(liveSeesOriginals)));
    return new ScoredStudy(
        Optional.of("study"),
        identity,
        Map.of("edema", 0.25),
        Map.of("edema", ScoredBy.PROMPTS),
        new float[] {1},
        1,
        List.of(0, 0, 0));
  }

  private ClaimedObjects objects() {
    return new ClaimedObjects(List.of(store), 1000, Tries.after());
  }

  private Arrival arrival() {
    Claim claim = new Claim(store.address().uri(KEY).toString(), LARGE.length, Sha256.of(LARGE));
    return new Arrival(
        "study",
        3,
        List.of(new ViewPictures(SMALL, Optional.of(claim))),
        Instant.EPOCH,
        new RecordRef("studies.views", 1, 7L),
        Optional.empty());
  }
}
