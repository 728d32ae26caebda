package io.radstream.trainer.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.engine.GroupException;
import io.radstream.model.engine.Seat;
import io.radstream.objects.ClaimedObjects;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.TestBucket;
import io.radstream.objects.TestBucket.Bucket;
import io.radstream.objects.Tries;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.OriginalPlace;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.augment.MissingOriginalException;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.ranks.Leader;
import io.radstream.trainer.ranks.Terms;
import io.radstream.trainer.replay.ReplayListener;
import io.radstream.trainer.replay.ReplayRequest;
import io.radstream.trainer.replay.ReplaySummary;
import io.radstream.trainer.share.Member;
import io.radstream.trainer.share.MemberListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of some studies the store has pictures that are unlike what was published. Study full3 is the
 * tuple behind {@link RunFixture}'s twelve and one more of partition 1.
 */
@ExtendWith(TestBucket.class)
class OriginalsTest {

  private static final int CLAIMED = 8;
  private static final int SIDE = 120;
  private static final String STUDY = "full3";
  private static final String PLACE = "topic test.tuples.train, partition 1, offset 13";

  @TempDir private Path root;
  @RegisterExtension private final RunFixture fixture = new RunFixture();
  private Bucket bucket;
  private ObjectStore store;

  @BeforeEach
  void put(Bucket given) throws IOException {
    bucket = given;
    store = bucket.open();
    for (int i = 0; i < CLAIMED; i++) {
      StudyTuple published = fixture.study("full", i);
      List<View> views = new ArrayList<>(published.getViews());
      views.set(0, claimed(published.getStudyId(), views.get(0), picture(i)));
      views.set(1, claimed(published.getStudyId(), views.get(1), picture(i + 1)));
      fixture.append(
          Topic.TUPLES_TRAIN, i % 2, StudyTuple.newBuilder(published).setViews(views).build());
    }
    fixture.originals(
        Optional.of(new ClaimedObjects(List.of(store), OriginalPlace.MOST_BYTES, Tries.after())));
  }

  @Test
  void shouldLearnFromOriginalsTheSameEachTime() throws Exception {
    StudyTuple spoilt = fixture.study("spoilt", 0);
    View view = claimed("spoilt0", spoilt.getViews().get(0), "no picture".getBytes(UTF_8));
    fixture.append(
        Topic.TUPLES_TRAIN,
        0,
        StudyTuple.newBuilder(spoilt).setViews(List.of(view, spoilt.getViews().get(1))).build());

    RunSummary run = run("line=original", "data.views=original");
    RunSummary published = run("line=published");
    ReplaySummary replay = replay(run);

    assertThat(run.unreadableViews()).isEqualTo(1);
    assertThat(run.views())
        .hasValueSatisfying(
            views -> {
              assertThat(views.originals()).isPositive();
              assertThat(views.published()).isPositive();
            });
    assertThat(published.views()).isEmpty();
    assertThat(weights("original")).isNotEqualTo(weights("published"));
    assertThat(replay.identical()).isTrue();
    assertThat(replay.weightsDigest()).isEqualTo(weights("original"));
  }

  @Test
  void shouldEndWhereAnOriginalIsGoneOrChangedOrTheStoreIsAway() throws Exception {
    ObjectStore.Listed own = store.list(OriginalPlace.folder(STUDY)).get(0);
    byte[] content = store.read(own.key(), 1 << 20).orElseThrow();
    store.delete(own.key());
    ends("gone", "at " + PLACE, "there is no " + bucket.address().uri(own.key()));

    content[content.length / 2]++;
    store.replace(own.key(), content);
    ends("changed", "at " + PLACE, "has another SHA-256: it was changed since it was published");

    bucket.server().stop();
    try {
      ends("away", "at topic test.tuples.train, partition ", "the store does not answer");
    } finally {
      bucket.server().start();
    }
  }

  @Test
  void shouldBeginAgainWhereOnlyAnotherRankMissesAnOriginal() throws Exception {
    Terms first = terms(0, freePort());
    Terms second = terms(1, first.seat().port());
    ClaimedObjects none = new ClaimedObjects(List.of(), OriginalPlace.MOST_BYTES, Tries.after());
    Member.Surroundings at =
        new Member.Surroundings(
            Tuples.CONNECTION,
            fixture.cluster(),
            Optional.of(none),
            DeviceChoice.auto(),
            Clock.systemUTC());
    FutureTask<Void> other =
        new FutureTask<>(
            () -> {
              try (Member member =
                  Member.join(at, second, "1", new MemberListener() {}, () -> {})) {
                member.serve();
              }
              return null;
            });
    new Thread(other).start();
    RunConfig config = fixture.config("data.views=original", "compute.shards=2");
    try (Leader leader = new Leader(first, "1", () -> {});
        TrainingRun run =
            fixture.open(root, config, new Beginning.GoOn(), TrainingListener.none(), leader)) {
      assertThatThrownBy(run::run)
          .isInstanceOf(GroupException.class)
          .hasMessageContaining("rank 1 cannot make its share: a view of the tuple at topic");
      leader.giveUp("all begin again");
    }

    assertThatThrownBy(() -> other.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(GroupException.class)
        .hasMessageContaining("all begin again");
  }

  private static Terms terms(int rank, int port) {
    Duration time = Duration.ofSeconds(60);
    return new Terms(new Seat(rank, 2, "127.0.0.1", port), time, time, time);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void shouldTakeAStudyForWithdrawnWhoseOriginalIsGoneSinceThen() throws Exception {
    fixture.withdraw(STUDY);
    for (ObjectStore.Listed object : store.list(OriginalPlace.folder(STUDY))) {
      store.delete(object.key());
    }

    RunSummary run = run("data.views=original");

    assertThat(run.outcome()).isEqualTo(RunSummary.Outcome.FINISHED);
    assertThat(fixture.steps()).noneMatch(OriginalsTest::readsTheStudy);
  }

  @Test
  void shouldFetchNothingThatTheDiskHas() throws Exception {
    RunSummary run = run("data.views=original", "data.viewCache=" + root.resolve("views"));
    for (ObjectStore.Listed object : store.list("")) {
      store.delete(object.key());
    }

    ReplaySummary replay = replay(run);

    assertThat(replay.identical()).isTrue();
    assertThat(replay.weightsDigest()).isEqualTo(weights("line"));
  }

  @Test
  void shouldSayThatNobodyHasSaidWhereOriginalsAre() {
    fixture.originals(Optional.empty());

    assertThatThrownBy(() -> run("data.views=original"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("data.views is ORIGINAL: --originals s3://BUCKET/PREFIX has to say");
    assertThat(fixture.steps()).isEmpty();
  }

  private void ends(String line, String... messages) {
    assertThatThrownBy(() -> run("line=" + line, "data.views=original"))
        .isInstanceOf(MissingOriginalException.class)
        .hasMessageContainingAll(messages);
  }

  private RunSummary run(String... settings) throws IOException, InterruptedException {
    RunConfig config = fixture.config(settings);
    return fixture.run(root, config, TrainingListener.none());
  }

  private ReplaySummary replay(RunSummary run) throws IOException, InterruptedException {
    return fixture.replay(
        new ReplayRequest(
            run.runId(), Optional.empty(), Optional.empty(), List.of(), Optional.of(1)),
        root.resolve("another machine"),
        ReplayListener.none());
  }

  private String weights(String line) throws IOException {
    return new CheckpointStore(root).load(line, 12).state().files().get(Checkpoint.MODEL);
  }

  private static boolean readsTheStudy(StepRecord step) {
    return step.getReads().stream()
        .anyMatch(read -> read.getTuple().getPartition() == 1 && read.getTuple().getOffset() == 13);
  }

  private View claimed(String studyId, View view, byte[] original) throws IOException {
    String sha256 = Sha256.of(original);
    String key = OriginalPlace.key(studyId, view.getViewId(), sha256, PixelEncoding.PNG);
    store.replace(key, original);
    return View.newBuilder(view)
        .setOriginal(
            new OriginalView(
                store.address().uri(key).toString(),
                (long) original.length,
                sha256,
                PixelEncoding.PNG))
        .build();
  }

  /** Bright rows, where published pictures have columns. */
  private static byte[] picture(int number) {
    byte[] pixels = new byte[SIDE * SIDE];
    Arrays.fill(pixels, SIDE * number, SIDE * (number + 40), (byte) 200);
    return ImageEncoder.png(new GrayImage(SIDE, SIDE, pixels));
  }
}
