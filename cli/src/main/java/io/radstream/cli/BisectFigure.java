package io.radstream.cli;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.serving.panel.GatePolicy;
import io.radstream.serving.panel.GateSettings;
import io.radstream.trainer.bisect.FigureMeter;
import io.radstream.trainer.bisect.JudgedFigure;
import io.radstream.trainer.run.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: the figure that turned bad, and what is bad. */
final class BisectFigure {

  private static final String GATE = "gate";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private GateOptions gate;
  @Mixin private PromptsOption prompts;

  @Option(
      names = "--figure",
      required = true,
      paramLabel = "NAME",
      description =
          "Figure of validation, as the topic of metrics names it (validation_loss), auc:FINDING,"
              + " or gate: whether serve --policy gate would let it through on --panel, with the"
              + " checkpoint of the good step live.")
  private String figure;

  @Option(
      names = "--above",
      paramLabel = "X",
      description = "It is bad above X (default: beyond midway from good to bad).")
  private Optional<Double> above;

  @Option(names = "--below", paramLabel = "X", description = "It is bad below X.")
  private Optional<Double> below;

  /**
   * A figure, and who measures it.
   *
   * @param meter holds models open until it is closed
   */
  record Measured(JudgedFigure figure, FigureMeter meter, Runnable open) implements AutoCloseable {

    @Override
    public void close() {
      open.run();
    }
  }

  /**
   * Reads the panel of a gate, which may take a while.
   *
   * @param good step that a gate compares others with
   * @throws ParameterException where the options do not fit each other, or the panel is unusable
   * @throws IOException where the panel or the checkpoint cannot be read
   */
  Measured measured(Surroundings at, String line, long good) throws IOException {
    if (!figure.equals(GATE)) {
      if (gate.isGiven()) {
        throw wrong("a panel is for --figure gate");
      }
      return new Measured(judged(figure), FigureMeter.VALIDATION, () -> {});
    }
    if (above.isPresent() || below.isPresent()) {
      throw wrong("a gate lets through or holds: leave out --above and --below");
    }
    // What has moved it only tells, and judges nothing by.
    GatePolicy policy =
        gate.policy(at.connection(), at.originals(), GateSettings.DEFAULT.moved(), "--figure gate");
    Checkpoint live =
        at.store()
            .find(line, good)
            .orElseThrow(
                () ->
                    wrong(
                        "--figure gate: line %s has no checkpoint of step %d, which others would be"
                                .formatted(line, good)
                            + " compared with; name as --good a step that has one"));
    PrintWriter err = spec.commandLine().getErr();
    GateMeter meter =
        new GateMeter(
            policy,
            live,
            prompts.set(),
            at.device(),
            (step, verdict) -> {
              err.printf("Step %d: %s, %s%n", step, verdict.name(), verdict.reason());
              err.flush();
            });
    return new Measured(judged(meter.name()), meter, meter::close);
  }

  private JudgedFigure judged(String name) {
    try {
      return JudgedFigure.of(name, bound(above), bound(below));
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private static OptionalDouble bound(Optional<Double> given) {
    return given.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
