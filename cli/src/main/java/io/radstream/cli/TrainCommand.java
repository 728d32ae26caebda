package io.radstream.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointStore;
import io.radstream.cli.ranks.RankGroup;
import io.radstream.cli.traces.TraceExport;
import io.radstream.model.config.ModelVariant;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.RunPreset;
import io.radstream.trainer.ranks.Leader;
import io.radstream.trainer.run.Beginning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream train}: tuples to checkpoints. */
@Command(
    name = "train",
    description = {
      "Train a network on the tuples; go on from the line's last checkpoint.",
      "",
      "The same settings continue an interrupted run, to the same bits. Other settings, or more"
          + " steps, begin a new run of the line from its weights. SIGTERM and Ctrl-C finish the"
          + " step in hand and write a checkpoint."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream train --tokenizer tokenizer.json --store checkpoints --preset tiny \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081",
      "  radstream train --tokenizer tokenizer.json --line chest --preset base \\",
      "      --config run.yaml --set batch=64 --set schedule.radiographRate=1e-3",
      "  radstream train --tokenizer tokenizer.json --line chest --fresh \\",
      "      --preset base --init-radiograph vit-base-patch16-224-in21k \\",
      "      --init-text Bio_ClinicalBERT",
      "  radstream train --tokenizer tokenizer.json --line chest --fresh --steps 500",
      "  radstream train --tokenizer tokenizer.json --line chest \\",
      "      --follow --replay-ratio 0.25",
      "  radstream train --tokenizer tokenizer.json --line chest --preset base \\",
      "      --world 8 --set compute.shards=8 --set batch=256",
      "  radstream train --tokenizer tokenizer.json --line chest-release --steps 1000 \\",
      "      --branch-from checkpoints/chest/000012000"
    })
final class TrainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private JsonSummary json;
  @Mixin private DeviceOption device;
  @Mixin private TraceOptions traces;
  @Mixin private RunSettings settings;
  @Mixin private RankOptions ranks;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      required = true,
      description = "tokenizer.json that the stage was given.")
  private Path tokenizerFile;

  @Option(
      names = "--encoder-tokenizer",
      paramLabel = "FILE",
      description = "That of the report encoder, where the stage was given one.")
  private Optional<Path> encoderTokenizerFile;

  @Option(
      names = "--line",
      paramLabel = "NAME",
      description =
          "Model line: checkpoints that grow out of each other (default: the preset, and the"
              + " variant unless it is the paper's).")
  private Optional<String> line;

  @Option(
      names = "--fresh",
      description = "Begin anew; where the line exists, under the name NAME-2, NAME-3, ...")
  private boolean fresh;

  @Option(
      names = "--new-run",
      description =
          "Begin a new run of the line from its last checkpoint, even where the settings are those"
              + " of the last run.")
  private boolean newRun;

  @Option(
      names = "--branch-from",
      paramLabel = "DIR",
      description =
          "Begin the line from a checkpoint of another, with its settings; the learning rates fall"
              + " to 0 over --steps more steps. The other line may go on meanwhile.")
  private Optional<Path> branch;

  @Option(
      names = "--follow",
      description =
          "Go on with what arrives: short for --set follow.on=true --set schedule.shape=constant,"
              + " and no last step unless --steps is given.")
  private boolean follow;

  @Option(
      names = "--replay-ratio",
      paramLabel = "SHARE",
      description =
          "Short for --set follow.replayRatio=SHARE: of a batch, drawn from older studies.")
  private Optional<Double> replayRatio;

  @Option(
      names = "--replay-window",
      paramLabel = "N",
      description = "Short for --set follow.replayWindow=N: newest tuples they are drawn from.")
  private Optional<Long> replayWindow;

  @Option(
      names = "--on-lag",
      paramLabel = "WHAT",
      description =
          "Short for --set follow.onLag=WHAT, where studies come too fast: train-all or"
              + " newest-first.")
  private Optional<String> onLag;

  @Option(
      names = "--preset",
      paramLabel = "PRESET",
      defaultValue = "TINY",
      description = "Settings to start from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private RunPreset preset;

  @Option(
      names = "--variant",
      paramLabel = "VARIANT",
      defaultValue = "PAPER",
      description =
          "Network and optimizer as in the paper, or as in the code that its authors released:"
              + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ModelVariant variant;

  @Option(
      names = "--init-radiograph",
      paramLabel = "DIR",
      description = "Short for --set initial.radiograph=DIR: a public ViT for a new line.")
  private Optional<Path> initialRadiograph;

  @Option(
      names = "--init-text",
      paramLabel = "DIR",
      description = "Short for --set initial.text=DIR: a public BERT for a new line.")
  private Optional<Path> initialText;

  @Option(
      names = "--partial",
      description =
          "Short for --set initial.partial=true: let weights that these directories lack start at"
              + " random.")
  private boolean partial;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (ranks.startsOthers(System.getenv())) {
      return startRanks();
    }
    KafkaConnection connection = connectionOptions.connection();
    Map<String, String> environment = System.getenv();
    DeviceChoice own = device.choice().of(ranks.local(environment));
    Optional<RankSession> session =
        ranks.terms(environment).map(terms -> new RankSession(spec.commandLine().getErr(), terms));
    if (session.isPresent() && !session.get().terms().seat().isFirst()) {
      session.get().follow(connection, settings.originals(), own);
    } else {
      train(connection, own, session);
    }
    return Radstream.DONE;
  }

  /**
   * A process for each rank. What begins a run may do so once: where all are started again, they go
   * on with it.
   */
  private int startRanks() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(spec.root().commandLine().getParseResult().expandedArgs());
    if (fresh) {
      words.remove("--fresh");
      words.removeIf(word -> word.startsWith("--line="));
      int name = words.indexOf("--line");
      if (name >= 0) {
        words.subList(name, name + 2).clear();
      }
      words.add("--line=" + freshLine());
      words.add("--new-run");
    }
    List<String> again = new ArrayList<>(words);
    again.remove("--new-run");
    RankGroup.Plan plan =
        ranks.group(Radstream.class.getName(), words, branch.isPresent() ? List.of() : again);
    RankGroup group = new RankGroup(plan, spec.commandLine().getErr());
    AtomicInteger code = new AtomicInteger();
    GracefulStop.during(() -> code.set(group.run()), group::requestStop);
    return code.get();
  }

  private String freshLine() throws IOException {
    try (ReportTokenizers tokenizers = ReportTokenizers.load(tokenizerFile, encoderTokenizerFile)) {
      return settings.store().freeLine(config(tokenizers).line());
    }
  }

  private void train(KafkaConnection connection, DeviceChoice own, Optional<RankSession> session)
      throws IOException, InterruptedException {
    try (TraceExport export = traces.open("train");
        ReportTokenizers tokenizers = ReportTokenizers.load(tokenizerFile, encoderTokenizerFile)) {
      RunConfig config = config(tokenizers);
      session.ifPresent(one -> ranks.require(config, one.terms().seat().world()));
      CheckpointStore checkpoints = settings.store();
      try (Leader leader = session.isPresent() ? session.get().lead() : null) {
        new TrainingSession(spec.commandLine().getErr(), json, export, Optional.ofNullable(leader))
            .run(
                connection,
                fresh ? config.withLine(checkpoints.freeLine(config.line())) : config,
                tokenizers,
                checkpoints,
                settings.originals(),
                beginning(),
                own);
      }
    }
  }

  private Beginning beginning() {
    if (branch.isPresent()) {
      return new Beginning.Branch(branch.get());
    }
    return fresh || newRun ? new Beginning.NewRun() : new Beginning.GoOn();
  }

  private RunConfig config(ReportTokenizers tokenizers) throws IOException {
    List<String> overrides = new ArrayList<>(following());
    line.ifPresent(given -> overrides.add("line=\"" + given + "\""));
    initialRadiograph.ifPresent(given -> overrides.add("initial.radiograph=" + quoted(given)));
    initialText.ifPresent(given -> overrides.add("initial.text=" + quoted(given)));
    if (partial) {
      overrides.add("initial.partial=true");
    }
    try {
      return branch.isPresent()
          ? branched(branch.get(), overrides)
          : settings.over(base(tokenizers), overrides);
    } catch (InvalidConfigException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private RunConfig branched(Path checkpoint, List<String> overrides) throws IOException {
    if (line.isEmpty() || settings.steps().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--branch-from wants a --line of its own and --steps");
    }
    Checkpoint from = Checkpoint.read(checkpoint);
    RunConfig base = CheckpointConfig.of(from).branch(from.state().step(), settings.steps().get());
    overrides.add("schedule.steps=" + base.schedule().steps());
    return settings.over(base, overrides);
  }

  private RunConfig base(ReportTokenizers tokenizers) {
    return preset.config(
        defaultLine(),
        variant,
        tokenizers.decoder().vocabulary().size(),
        tokenizers.encoder().vocabulary().size());
  }

  private List<String> following() {
    List<String> overrides = new ArrayList<>();
    if (follow) {
      overrides.add("follow.on=true");
      overrides.add("schedule.shape=constant");
      if (!settings.steps().isPresent()) {
        overrides.add("schedule.steps=" + Long.MAX_VALUE);
      }
    }
    replayRatio.ifPresent(given -> overrides.add("follow.replayRatio=" + given));
    replayWindow.ifPresent(given -> overrides.add("follow.replayWindow=" + given));
    onLag.ifPresent(given -> overrides.add("follow.onLag=" + given.replace('-', '_')));
    return overrides;
  }

  private String defaultLine() {
    String name = variant == ModelVariant.PAPER ? preset.name() : preset + "-" + variant;
    return name.toLowerCase(Locale.ROOT);
  }

  /** As a YAML text, whatever is in it. */
  private static String quoted(Path path) {
    return TextNode.valueOf(path.toString()).toString();
  }
}
