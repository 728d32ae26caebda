package io.radstream.serving.http;

import io.radstream.serving.checkpoint.CommandOutcome;
import io.radstream.serving.checkpoint.ModelCommands.Command;
import io.radstream.serving.decisions.DecisionLog;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What is decided about checkpoints.
 *
 * @param log what was decided
 * @param commands does what people ask for
 */
public record ModelControl(
    DecisionLog log, Function<Command, CompletableFuture<CommandOutcome>> commands) {}
