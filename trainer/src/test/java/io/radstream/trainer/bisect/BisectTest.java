package io.radstream.trainer.bisect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TrainingMetric;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.bisect.BisectOutcome.Confirmation;
import io.radstream.trainer.bisect.Peculiarity.Level;
import io.radstream.trainer.bisect.Peculiarity.Share;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.run.RunFixture;
import io.radstream.trainer.run.Surroundings;
import io.radstream.trainer.run.TrainingListener;
import io.radstream.trainer.traits.StudyTraits;
import io.radstream.trainer.traits.Trait;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run follows studies of two sites, 8 a step, and learns on which side they are bright. From a
 * step on, one site's pictures are the wrong way round.
 */
class BisectTest {

  private static final String FINDING = "bright left";
  private static final int BATCH = 8;
  private static final long STEPS = 40;

  /** Steps that read nothing wrong. */
  private static final long SOUND = 27;

  private static final Group SOUTH = new Group(Trait.SITE, "south");

  @TempDir private static Path root;
  private static RunFixture fixture;

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeAll
  static void train() throws Exception {
    fixture = new RunFixture();
    for (int i = 0; i < RunFixture.STUDIES; i++) {
      label("train" + i, i % 4 < 2);
      label("validation" + i, i % 4 < 2);
    }
    for (int i = 0; i < STEPS * BATCH - RunFixture.STUDIES; i++) {
      boolean south = i % 4 != 0;
      boolean wrong = south && i >= SOUND * BATCH - RunFixture.STUDIES;
      String id = "late-" + i;
      label(id, i / 4 % 4 < 2);
      fixture.append(
          Topic.TUPLES_TRAIN,
          i % 2,
          StudyTuple.newBuilder(wrong ? wrong(i / 4) : fixture.study("late", i / 4))
              .setStudyId(id)
              .setOrigins(List.of(publishedBy(south ? "south" : "north", id)))
              .build());
    }
    fixture.run(
        root,
        fixture.config(
            "schedule.steps=" + STEPS,
            "schedule.shape=constant",
            "follow.on=true",
            "follow.replayRatio=0",
            "validation.every=10",
            "checkpoint.every=10",
            "model.objectives.contrastive=0",
            "model.objectives.language=0",
            "model.objectives.labels=1",
            "model.findings=[" + FINDING + "]",
            "augmentation={flip: false, crop: false, rotationDegrees: 0, brightness: 0, contrast: 0}"),
        TrainingListener.none());
  }

  @Test
  void shouldFindWhenItTurnedAndWhoseStudiesTurnedIt() throws Exception {
    BisectOutcome outcome = bisect("validation_loss", 20, STEPS).find();

    assertThat(outcome.turn().good()).isGreaterThanOrEqualTo(SOUND);
    assertThat(outcome.turn().steps()).isLessThan(4);
    assertThat(outcome.known()).as("as few as it takes").hasSizeLessThan(12);
    assertThat(outcome.known().get(30L)).isEqualTo(recorded(30));
    assertThat(outcome.judge().worseAbove()).isTrue();
    assertThat(outcome.studies().values()).extracting(StudyTraits::studyId).contains("late-240");
    assertThat(outcome.suspected()).contains(SOUTH);
    assertThat(outcome.peculiarities())
        .first()
        .isInstanceOfSatisfying(
            Level.class,
            level -> {
              assertThat(level.number()).isEqualTo(StudyNumber.LOSS);
              assertThat(level.group()).contains(SOUTH);
              assertThat(level.isHigher()).isTrue();
              assertThat(level.corrected()).isBetween(level.chance(), 1e-6);
            });
    assertThat(outcome.peculiarities())
        .as("its share was the same before")
        .filteredOn(Share.class::isInstance)
        .isNotEmpty()
        .allSatisfy(share -> assertThat(share.corrected()).isGreaterThan(0.1));
    Confirmation confirmation = outcome.confirmation().orElseThrow();
    assertThat(confirmation.without()).hasToString("site=south,steps=21-40");
    assertThat(confirmation.good()).isTrue();
    assertThat(confirmation.value()).isLessThan(outcome.judge().goodUntil());
  }

  @Test
  void shouldGoOnWithWhatWasMeasured() throws Exception {
    Heard heard = new Heard();
    Bisect stopped = bisect(figure("auc:" + FINDING), 10, 30, false, heard);
    heard.then = stopped::requestStop;

    assertThatThrownBy(stopped::find).isInstanceOf(StoppedException.class);
    int before = heard.measured.size();
    heard.then = () -> {};
    BisectOutcome outcome = bisect(figure("auc:" + FINDING), 10, 30, false, heard).find();

    assertThat(before).isPositive();
    assertThat(heard.measured).doesNotHaveDuplicates();
    assertThat(outcome.judge().worseAbove()).isFalse();
    assertThat(outcome.turn().good()).isBetween(SOUND, 29L);
    assertThat(outcome.confirmation()).isEmpty();
  }

  @Test
  void shouldSayWhatCannotBeLookedFor() throws Exception {
    assertThatThrownBy(() -> bisect("validation_loss", 20, 41))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("has no step 41");
    assertThatThrownBy(() -> bisect(figure("validation_lost"), 20, 40, false, new Unmoved()).find())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("there is no figure validation_lost; there is [validation_auc");
    assertThatThrownBy(
            () ->
                bisect(
                        new JudgedFigure(
                            "validation_loss", OptionalDouble.empty(), OptionalDouble.of(0.3)),
                        20,
                        40,
                        false,
                        BisectListener.none())
                    .find())
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("name other steps, or another bound");
    assertThatThrownBy(() -> bisect("validation_loss", 10, 20).find())
        .as("it became better")
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("where it is to be worse");
    assertThatThrownBy(() -> bisect("validation_loss", 20, 20))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double recorded(long step) {
    return fixture.published(Topic.TRAINING_METRICS, TrainingMetric.class).stream()
        .filter(metric -> metric.getStep() == step)
        .flatMap(metric -> Stream.ofNullable(metric.getValues().get("validation_loss")))
        .findFirst()
        .orElseThrow();
  }

  /** Nothing is to be run again. */
  private static final class Unmoved implements BisectListener {

    @Override
    public void replays(long from, long until, String why) {
      throw new AssertionError(why);
    }
  }

  private static final class Heard implements BisectListener {

    private final List<Long> measured = new ArrayList<>();
    private Runnable then = () -> {};

    @Override
    public void measured(long step, double value) {
      measured.add(step);
      then.run();
    }
  }

  private static Bisect bisect(String figure, long good, long bad) {
    return bisect(figure(figure), good, bad, true, BisectListener.none());
  }

  private static Bisect bisect(
      JudgedFigure figure, long good, long bad, boolean confirm, BisectListener listener) {
    return new Bisect(
        new Surroundings(
            Tuples.CONNECTION,
            fixture.cluster(),
            new CheckpointStore(root),
            DeviceChoice.auto(),
            Clock.systemUTC()),
        new BisectRequest(
            "line",
            Optional.empty(),
            new Turn(good, bad),
            figure,
            1,
            confirm,
            Optional.of(root.resolve("kept-" + figure.name()))),
        FigureMeter.VALIDATION,
        listener);
  }

  private static JudgedFigure figure(String text) {
    return JudgedFigure.of(text, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** As {@link RunFixture#study}, with the pictures of one that is bright on the other side. */
  private static StudyTuple wrong(int number) {
    int bar = number % 4;
    return StudyTuple.newBuilder(fixture.study("late", number))
        .setViews(fixture.study("late", number - bar + 3 - bar).getViews())
        .build();
  }

  private static RecordRef publishedBy(String site, String id) {
    Study record = Study.newBuilder().setStudyId(id).setPatientId("p").setSource(site).build();
    String topic = RunFixture.name(Topic.STUDIES);
    try (RecordSerde<Study> serde = RecordSerde.of(Study.class, Tuples.CONNECTION)) {
      return new RecordRef(
          topic,
          0,
          fixture.cluster().append(topic, 0, serde.serializer().serialize(topic, record)));
    }
  }

  private static void label(String study, boolean left) {
    String topic = RunFixture.name(Topic.LABELS);
    LabelledStudy labelled =
        new LabelledStudy(study, "test", Map.of(FINDING, left ? 1.0 : 0.0), List.of(), null);
    try (RecordSerde<LabelledStudy> serde =
        RecordSerde.of(LabelledStudy.class, Tuples.CONNECTION)) {
      fixture.cluster().append(topic, 0, serde.serializer().serialize(topic, labelled));
    }
  }
}
