package io.radstream.model;

import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;

/**
 * What learns, and how.
 *
 * @param model the network's shape and objectives
 * @param device that it computes on
 */
public record Learning(
    ModelConfig model, OptimizerConfig optimizer, Compute compute, ComputeDevice device) {}
