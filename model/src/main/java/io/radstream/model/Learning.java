package io.radstream.model;

import io.radstream.model.config.Compute;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.training.Exchange;

/**
 * What learns, and how.
 *
 * @param model the network's shape and objectives
 * @param device that it computes on
 * @param exchange with those that have other shares of each batch
 */
public record Learning(
    ModelConfig model,
    OptimizerConfig optimizer,
    Compute compute,
    ComputeDevice device,
    Exchange exchange) {

  /** From whole batches. */
  public Learning(
      ModelConfig model, OptimizerConfig optimizer, Compute compute, ComputeDevice device) {
    this(model, optimizer, compute, device, Exchange.ALONE);
  }
}
