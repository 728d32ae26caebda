package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.Compute;
import io.radstream.model.config.GradientType;
import io.radstream.model.config.Reduction;
import io.radstream.model.engine.GroupSums;
import io.radstream.model.engine.ProcessGroup;
import java.util.List;

/**
 * The ranks of a process group as those who share a batch: the share of rank 0 comes first, and so
 * on.
 *
 * @param group the caller's to close
 * @param sums of this group
 */
public record GroupExchange(ProcessGroup group, GroupSums sums) implements Exchange {

  /** Exact, in float32. */
  public GroupExchange(ProcessGroup group) {
    this(group, GroupSums.exact(group));
  }

  public static GroupExchange of(ProcessGroup group, Compute compute) {
    if (compute.reduction() == Reduction.FAST) {
      return new GroupExchange(group, GroupSums.fast(group));
    }
    return new GroupExchange(
        group,
        compute.gradients() == GradientType.BFLOAT16
            ? GroupSums.rounded(group)
            : GroupSums.exact(group));
  }

  @Override
  public int ranks() {
    return group.seat().world();
  }

  @Override
  public int rank() {
    return group.seat().rank();
  }

  /** Not from a GPU by way of the host, which would wait for the card at each. */
  @Override
  public boolean isEarly() {
    return !isAlone() && !group.isCopied();
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
  public void addUp(IValue gradients) {
    sums.add(gradients);
  }

  @Override
  public void finish(List<IValue> gradients) {
    gradients.forEach(sums::add);
    sums.finish();
  }
}
