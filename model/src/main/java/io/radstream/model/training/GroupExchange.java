package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.Compute;
import io.radstream.model.config.GradientType;
import io.radstream.model.config.Reduction;
import io.radstream.model.engine.ProcessGroup;

/**
 * The ranks of a process group as those who share a batch: the share of rank 0 comes first, and so
 * on.
 *
 * @param group the caller's to close
 */
public record GroupExchange(ProcessGroup group, Reduction reduction, GradientType gradients)
    implements Exchange {

  /** Exact, in float32. */
  public GroupExchange(ProcessGroup group) {
    this(group, Reduction.EXACT, GradientType.FLOAT32);
  }

  public static GroupExchange of(ProcessGroup group, Compute compute) {
    return new GroupExchange(group, compute.reduction(), compute.gradients());
  }

  @Override
  public int ranks() {
    return group.seat().world();
  }

  @Override
  public int rank() {
    return group.seat().rank();
  }

  @Override
  public Gathered gather(NDArray share) {
    ProcessGroup.Gathered found = group.gather(share);
    return new Gathered(found.all(), found.begin());
  }

  @Override
  public double sum(double... shares) {
    return group.sum(shares);
  }

  @Override
  public void addUp(IValue list) {
    if (reduction == Reduction.FAST) {
      group.reduce(list);
    } else {
      group.addUp(list, gradients == GradientType.BFLOAT16);
    }
  }
}
