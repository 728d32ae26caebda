package io.radstream.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.radstream.experiments.SmallExperiment;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.results.ResultFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of an experiment is done, and what is not done twice. */
class ExperimentRunTest {

  private static final int CELLS = 12;

  @TempDir private Path folder;
  private final List<String> changed = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

  private final List<MeasuredRoom> rooms = new ArrayList<>();

  private ExperimentOutcome run(Plan plan, CountingLaboratory laboratory, int parallel)
      throws Exception {
    return run(plan, laboratory, new Room.Fixed(parallel));
  }

  private ExperimentOutcome run(Plan plan, CountingLaboratory laboratory, Room room)
      throws Exception {
    ResultFiles files = new ResultFiles(folder);
    return experiment(plan, files, laboratory)
        .run(plan.cells(), new OwnCellWork(plan, files, laboratory), room);
  }

  private ExperimentRun experiment(Plan plan, ResultFiles files, CountingLaboratory laboratory) {
    return new ExperimentRun(
        plan,
        files,
        laboratory,
        new Listener(),
        laboratory::stops,
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  }

  @Test
  void shouldPretrainThenDoEachCellFromItsCheckpoint() throws Exception {
    CountingLaboratory laboratory = CountingLaboratory.willing();

    ExperimentOutcome outcome = run(SmallExperiment.plan(), laboratory, 1);

    assertThat(outcome).isEqualTo(new ExperimentOutcome(CELLS, 0, CELLS, 0, false));
    assertThat(laboratory.asked)
        .hasSize(1 + CELLS)
        .startsWith("refers", "chest-refers-1-r1 on refers", "chest-refers-1-r2 on refers")
        .contains("chest-scratch-1-r1", "chest-imagenet-100-r2");
  }

  @Test
  void shouldDoNothingOfWhatIsDone() throws Exception {
    run(SmallExperiment.plan(), CountingLaboratory.willing(), 1);
    CountingLaboratory again = CountingLaboratory.willing();

    ExperimentOutcome outcome = run(SmallExperiment.plan(), again, 1);

    assertThat(again.asked).isEmpty();
    assertThat(outcome.complete()).isTrue();
  }

  @Test
  void shouldNotDoWhatAnotherProcessHasDoneSince() throws Exception {
    Plan plan = SmallExperiment.plan();
    ResultFiles files = new ResultFiles(folder);
    CountingLaboratory laboratory = CountingLaboratory.willing();
    CellWork work =
        cell -> {
          for (Cell each : plan.cells()) {
            new OwnCellWork(plan, files, CountingLaboratory.willing()).run(each);
          }
          return new OwnCellWork(plan, files, laboratory).run(cell);
        };

    ExperimentOutcome outcome =
        experiment(plan, files, laboratory).run(plan.cells(), work, new Room.Fixed(1));

    assertThat(laboratory.asked).containsExactly("refers", "chest-refers-1-r1 on refers");
    assertThat(outcome).isEqualTo(new ExperimentOutcome(CELLS, 0, CELLS, 0, false));
    assertThat(changed).isEmpty();
  }

  @Test
  void shouldGoOnWhereItStopped() throws Exception {
    ExperimentOutcome stopped = run(SmallExperiment.plan(), new CountingLaboratory(Set.of(), 5), 1);
    CountingLaboratory rest = CountingLaboratory.willing();

    ExperimentOutcome outcome = run(SmallExperiment.plan(), rest, 1);

    assertThat(stopped).isEqualTo(new ExperimentOutcome(CELLS, 0, 4, 0, true));
    assertThat(rest.asked).hasSize(CELLS - 4);
    assertThat(outcome).isEqualTo(new ExperimentOutcome(CELLS, 4, CELLS - 4, 0, false));
  }

  @Test
  void shouldDoAnewOnlyWhatOtherSettingsChange() throws Exception {
    run(SmallExperiment.plan(), CountingLaboratory.willing(), 1);
    CountingLaboratory again = CountingLaboratory.willing();

    run(SmallExperiment.plan(SmallExperiment.FILE.replace("steps: 10", "steps: 11")), again, 1);

    assertThat(again.asked).hasSize(1 + 4).allSatisfy(name -> assertThat(name).contains("refers"));
    assertThat(changed).hasSize(1 + 4);
  }

  @Test
  void shouldLeaveOtherCellsAloneWhereOneFails() throws Exception {
    ExperimentOutcome outcome =
        run(
            SmallExperiment.plan(),
            new CountingLaboratory(Set.of("chest-scratch-1-r1"), Integer.MAX_VALUE),
            3);

    assertThat(outcome).isEqualTo(new ExperimentOutcome(CELLS, 0, CELLS - 1, 1, false));
    assertThat(failed).containsExactly("chest-scratch-1-r1: broken");
  }

  @Test
  void shouldDoTheOtherRowsWherePretrainingFails() throws Exception {
    ExperimentOutcome outcome =
        run(SmallExperiment.plan(), new CountingLaboratory(Set.of("refers"), Integer.MAX_VALUE), 1);

    assertThat(outcome).isEqualTo(new ExperimentOutcome(CELLS, 0, 8, 4, false));
    assertThat(failed)
        .contains(
            "refers: broken", "chest-refers-1-r1: initialisation refers has not been pre-trained");
  }

  @Test
  void shouldDoAsManyAtATimeAsTheFirstShowsRoomFor() throws Exception {
    // Pre-training takes as much as a cell.
    AtomicLong free = new AtomicLong(1300);
    CountingLaboratory laboratory =
        new CountingLaboratory(Set.of(), Integer.MAX_VALUE, () -> free.addAndGet(-300));

    ExperimentOutcome outcome =
        run(
            SmallExperiment.plan(),
            laboratory,
            new Room.Measured(8, () -> OptionalLong.of(free.get())));

    assertThat(outcome).isEqualTo(new ExperimentOutcome(CELLS, 0, CELLS, 0, false));
    assertThat(rooms)
        .containsExactly(new MeasuredRoom(2, OptionalLong.of(300), OptionalLong.of(1000)));
  }

  @Test
  void shouldMeasureTheNextWhereTheFirstFails() throws Exception {
    AtomicLong free = new AtomicLong(1000);
    CountingLaboratory laboratory =
        new CountingLaboratory(
            Set.of("chest-refers-1-r1"), Integer.MAX_VALUE, () -> free.addAndGet(-10));

    run(
        SmallExperiment.plan(),
        laboratory,
        new Room.Measured(3, () -> OptionalLong.of(free.get())));

    assertThat(rooms)
        .containsExactly(new MeasuredRoom(3, OptionalLong.of(10), OptionalLong.of(980)));
  }

  @Test
  void shouldDoOneAtATimeWhereNothingTellsTheMemory() throws Exception {
    run(
        SmallExperiment.plan(),
        CountingLaboratory.willing(),
        new Room.Measured(8, OptionalLong::empty));

    assertThat(rooms)
        .containsExactly(new MeasuredRoom(1, OptionalLong.empty(), OptionalLong.empty()));
  }

  @Test
  void shouldSayWhichFileIsDamagedWithoutShowingIt() throws Exception {
    run(SmallExperiment.plan(), CountingLaboratory.willing(), 1);
    Path file = folder.resolve("results/chest-refers-1-r1.json");
    Files.writeString(file, "{\"secret\": 0.123");

    assertThat(catchThrowable(() -> run(SmallExperiment.plan(), CountingLaboratory.willing(), 1)))
        .hasMessageContaining("chest-refers-1-r1.json is damaged")
        .hasMessageNotContaining("0.123")
        .hasNoCause();
  }

  private final class Listener implements ExperimentListener {

    @Override
    public void begins(String run, String line, boolean anew) {
      if (anew) {
        changed.add(run);
      }
    }

    @Override
    public void done(String run, int left, Optional<Long> secondsLeft) {}

    @Override
    public void room(MeasuredRoom room) {
      rooms.add(room);
    }

    @Override
    public void failed(String run, Exception cause) {
      failed.add(run + ": " + cause.getMessage());
    }
  }
}
