package io.radstream.model.training;

import ai.djl.pytorch.jni.IValue;
import io.radstream.model.config.GradientType;
import io.radstream.model.engine.TorchScript;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Adds up lists of tensors as a tree of pairs: (1 + 2) + (3 + 4), and so on. So whoever has a half,
 * a quarter, … of the lists in their order has a branch of the tree, and sums of branches added in
 * the same manner have the bits of the whole.
 */
final class TreeSum implements AutoCloseable {

  /**
   * @param lists that it is the sum of
   */
  private record Branch(IValue sum, int lists) {}

  private final TorchScript script;
  private final boolean rounded;
  private final Deque<Branch> branches = new ArrayDeque<>();

  /**
   * @param gradients to which every list, and every sum of two, is rounded
   */
  TreeSum(TorchScript script, GradientType gradients) {
    this.script = script;
    this.rounded = gradients == GradientType.BFLOAT16;
  }

  /**
   * @param list taken over
   */
  void add(IValue list) {
    add(new Branch(round(list), 1));
  }

  /**
   * @param list stays the caller's, who may change it afterwards
   */
  void addCopy(IValue list) {
    if (!rounded && !branches.isEmpty() && branches.peek().lists() == 1) {
      Branch left = branches.pop();
      script.call("add", left.sum(), list).close();
      add(new Branch(left.sum(), 2));
    } else {
      add(script.call("copies", list));
    }
  }

  /**
   * Of some tensors of all lists, where the last list has only these as yet.
   *
   * @param last these of the last list; may become part of the sum
   * @param places of these in a list
   * @return the caller's to close
   */
  IValue last(IValue last, long... places) {
    IValue sum = round(last);
    for (Branch branch : branches) {
      try (IValue right = sum;
          IValue chosen = IValue.listFrom(places)) {
        sum = script.call("pick", branch.sum(), chosen);
        script.call("add", sum, right).close();
      }
      round(sum);
    }
    return sum;
  }

  /**
   * The same of all tensors, where {@link #last} was asked for each of them.
   *
   * @param list the last one, taken over
   * @return the caller's to close
   */
  IValue withLast(IValue list) {
    if (branches.isEmpty()) {
      return list;
    }
    list.close();
    IValue sum = branches.removeLast().sum();
    close();
    branches.clear();
    return sum;
  }

  private void add(Branch added) {
    Branch branch = added;
    while (!branches.isEmpty() && branches.peek().lists() == branch.lists()) {
      branch = joined(branches.pop(), branch);
    }
    branches.push(branch);
  }

  private Branch joined(Branch left, Branch right) {
    try (IValue added = right.sum()) {
      script.call("add", left.sum(), added).close();
    }
    return new Branch(round(left.sum()), left.lists() + right.lists());
  }

  private IValue round(IValue list) {
    if (rounded) {
      script.call("round", list).close();
    }
    return list;
  }

  /**
   * Of all lists.
   *
   * @return the caller's to close
   * @throws IllegalStateException where they are not as many as a power of two
   */
  IValue sum() {
    if (branches.size() != 1) {
      throw new IllegalStateException("a tree of as many leaves is not whole");
    }
    return branches.pop().sum();
  }

  @Override
  public void close() {
    branches.forEach(branch -> branch.sum().close());
  }
}
