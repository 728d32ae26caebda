package io.radstream.serving.http;

import io.radstream.serving.checkpoint.CommandOutcome;
import io.radstream.serving.checkpoint.ModelCommands.Command;
import io.radstream.serving.decisions.DecisionLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What is decided about checkpoints.
 *
 * @param log what was decided
 * @param commands does what people ask for
 * @param patience after which it is answered that something is still being done
 */
public record ModelControl(
    DecisionLog log,
    Function<Command, CompletableFuture<CommandOutcome>> commands,
    Duration patience) {

  /** Longer than a record may take; a checkpoint may take longer to load. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** With the usual patience. */
  public ModelControl(
      DecisionLog log, Function<Command, CompletableFuture<CommandOutcome>> commands) {
    this(log, commands, PATIENCE);
  }
}
