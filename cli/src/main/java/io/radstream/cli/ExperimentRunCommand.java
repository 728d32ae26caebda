package io.radstream.cli;

import io.radstream.cli.demo.Footing;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.cli.experiment.Grounds;
import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Plan;
import io.radstream.experiments.run.ExperimentOutcome;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream experiment run}: what of an experiment is not done. */
@Command(
    name = "run",
    description = {
      "Do what of an experiment is not done: pre-training, fine-tuning, the test.",
      "",
      "The same command goes on where it was stopped. Cells whose settings have changed in the file"
          + " are run anew, on lines of other names. SIGTERM and Ctrl-C finish the step in hand and"
          + " write a checkpoint."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream experiment run experiments/papers/phantoms.yaml \\",
      "      --embedded phantoms-cluster",
      "  radstream experiment run experiments/papers/table1-nih.yaml --parallel 2 \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081"
    })
final class ExperimentRunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private ExperimentFile file;
  @Mixin private JsonSummary json;
  @Mixin private DeviceOption device;
  @Mixin private PseudonymKey key;
  @Mixin private OriginalsOption originals;

  @Option(
      names = "--embedded",
      paramLabel = "DIR",
      description =
          "Use a broker and a registry of its own, whose data are here; 'radstream cluster DIR'"
              + " opens them afterwards.")
  private Optional<Path> embedded;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Cells done at a time, each by a process of its own where there are several (default: as"
              + " many as the first one shows that there is memory for, and as many as there are"
              + " processors for their threads).")
  private Optional<Integer> parallel;

  @Option(
      names = "--only",
      paramLabel = "CELL",
      description = "Do this cell only, and what it stands on. Repeatable.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--again",
      description = "Read the test though a cell's line has been judged on it.")
  private boolean again;

  private volatile boolean stopRequested;
  private volatile Optional<ExperimentSession> running = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (parallel.orElse(1) < 1) {
      throw wrong("--parallel is at least 1, not " + parallel.get());
    }
    Plan plan = file.plan();
    List<Cell> cells = wanted(plan);
    AtomicInteger code = new AtomicInteger(Radstream.DONE);
    GracefulStop.during(() -> code.set(run(plan, cells)), this::requestStop);
    return code.get();
  }

  /** The experiment may not have begun: then it is stopped as soon as it has. */
  private void requestStop() {
    stopRequested = true;
    running.ifPresent(ExperimentSession::requestStop);
  }

  private int run(Plan plan, List<Cell> cells) throws IOException, InterruptedException {
    ExperimentOutcome outcome =
        embedded.isPresent() ? onOwnCluster(plan, cells) : onCluster(plan, cells);
    tell(outcome);
    json.print(outcome);
    return outcome.failed() > 0 ? Radstream.FAILED : Radstream.DONE;
  }

  private List<Cell> wanted(Plan plan) {
    for (String name : only) {
      if (plan.cells().stream().noneMatch(cell -> cell.name().equals(name))) {
        throw wrong("--only: there is no cell %s; experiment plan lists them".formatted(name));
      }
    }
    return only.isEmpty()
        ? plan.cells()
        : plan.cells().stream()
            .filter(cell -> only.contains(cell.name()))
            .collect(Collectors.toList());
  }

  private ExperimentOutcome onOwnCluster(Plan plan, List<Cell> cells)
      throws IOException, InterruptedException {
    if (connectionOptions.connectionIfGiven().isPresent()) {
      throw wrong("--embedded brings its own cluster: leave out --bootstrap and --registry");
    }
    ClusterSettings settings =
        ClusterSettings.in(embedded.orElseThrow()).withTopics(connectionOptions.topics(), 2);
    try (EmbeddedCluster cluster = EmbeddedCluster.start(settings, Distribution.ofThisProcess())) {
      return run(plan, cells, cluster.connection(), cluster::requireAlive, List.of());
    }
  }

  private ExperimentOutcome onCluster(Plan plan, List<Cell> cells)
      throws IOException, InterruptedException {
    return run(
        plan,
        cells,
        connectionOptions.connection(),
        Footing.ELSEWHERE,
        connectionOptions.fileArguments());
  }

  private ExperimentOutcome run(
      Plan plan,
      List<Cell> cells,
      KafkaConnection connection,
      Footing cluster,
      List<String> further)
      throws IOException, InterruptedException {
    Path directory = file.directory(plan);
    Grounds grounds =
        new Grounds(
            connection,
            cluster,
            directory,
            originals.objects(),
            device.choice(),
            () -> key.pseudonymizer(true),
            Clock.systemUTC(),
            again);
    List<String> arguments = new ArrayList<>(arguments(connection, directory));
    if (again) {
      arguments.add("--again");
    }
    arguments.addAll(originals.arguments());
    arguments.addAll(further);
    try {
      ExperimentSession session =
          new ExperimentSession(spec.commandLine().getErr(), plan, grounds, arguments);
      running = Optional.of(session);
      if (stopRequested) {
        session.requestStop();
      }
      return session.run(cells, parallel);
    } catch (InvalidExperimentException e) {
      throw file.wrong(e);
    }
  }

  /** Of the same command in a process of its own. */
  private List<String> arguments(KafkaConnection connection, Path directory) {
    return List.of(
        "experiment",
        "run",
        file.path().toString(),
        "--dir=" + directory,
        "--bootstrap=" + connection.bootstrap(),
        "--registry=" + connection.registry(),
        "--topic-prefix=" + connection.topics().prefix(),
        "--device=" + device.choice(),
        "--parallel=1");
  }

  private void tell(ExperimentOutcome outcome) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%d of %d cells are done%s%s.%n",
        outcome.before() + outcome.done(),
        outcome.cells(),
        outcome.failed() > 0 ? ", %d failed".formatted(outcome.failed()) : "",
        outcome.stopped() ? "; stopped, the same command goes on" : "");
    err.flush();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
