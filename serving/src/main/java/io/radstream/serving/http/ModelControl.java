package io.radstream.serving.http;

import io.radstream.serving.checkpoint.ModelCommands;
import io.radstream.serving.decisions.DecisionLog;

/**
 * What is decided about checkpoints.
 *
 * @param log what was decided
 * @param commands what people ask for
 */
public record ModelControl(DecisionLog log, ModelCommands commands) {}
