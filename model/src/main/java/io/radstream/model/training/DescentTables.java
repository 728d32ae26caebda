package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.explicit.Card;
import io.radstream.model.kernels.DescentJobs;
import io.radstream.model.kernels.DescentJobs.Job;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the kernels of the descent work through: made once, but for where the gradients are. */
final class DescentTables {

  private static final int ALIGNMENT = 16;

  /** What DJL takes it for, which does not know it. */
  private static final DataType BFLOAT16 = DataType.UNKNOWN;

  private final Card card;
  private final List<Job> known;
  private final FilledArray jobs;
  private final FilledArray chunks;
  private final int chunkCount;

  /** Those that the jobs are of. */
  private List<NDArray> gradients = List.of();

  /**
   * @param known one for each weight, in the order of the gradients; they lack these
   */
  DescentTables(Card card, TorchScript script, NDManager manager, List<Job> known) {
    this.card = card;
    this.known = known;
    this.chunkCount = DescentJobs.chunkCount(known);
    this.jobs = new FilledArray(script, manager, DescentJobs.jobs(known).remaining());
    ByteBuffer table = DescentJobs.chunks(known);
    this.chunks = new FilledArray(script, manager, table.remaining());
    chunks.fill(table);
  }

  /**
   * All but the gradients of what moves.
   *
   * @return empty where arrays are not as the kernels take them
   */
  static Optional<List<Job>> jobs(Card card, Sgd sgd, LearningWeights learning) {
    List<Job> jobs = new ArrayList<>();
    for (int group = 0; group < sgd.groups().size(); group++) {
      NDArray[] weights = sgd.groups().get(group).weights();
      NDArray[] momenta = sgd.momenta(sgd.groups().get(group));
      for (int i = 0; i < weights.length; i++) {
        List<NDArray> copies = learning.copies(jobs.size());
        if (!fit(weights[i], copies)) {
          return Optional.empty();
        }
        jobs.add(
            new Job(
                card.address(weights[i]),
                0,
                momenta.length == 0 ? 0 : card.address(momenta[i]),
                copies.isEmpty() ? 0 : card.address(copies.get(0)),
                weights[i].size(),
                group,
                false));
      }
    }
    return Optional.of(jobs).filter(all -> all.stream().allMatch(DescentTables::isAligned));
  }

  private static boolean fit(NDArray weight, List<NDArray> copies) {
    return weight.getDataType() == DataType.FLOAT32
        && copies.size() <= 1
        && copies.stream().allMatch(copy -> copy.getDataType() == BFLOAT16);
  }

  private static boolean isAligned(Job job) {
    return isAligned(job.weight()) && isAligned(job.momentum()) && isAligned(job.copy());
  }

  private static boolean isAligned(long address) {
    return address % ALIGNMENT == 0;
  }

  /** Makes the jobs anew where these are not those of the step before. */
  void take(Gradients found) {
    List<NDArray> arrays = found.lasting().orElseGet(() -> aligned(found.arrays()));
    if (arrays == gradients) {
      return;
    }
    List<Job> all = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      all.add(with(known.get(i), arrays.get(i)));
    }
    jobs.fill(DescentJobs.jobs(all));
    gradients = arrays;
  }

  private List<NDArray> aligned(List<NDArray> arrays) {
    return arrays.stream()
        .map(array -> isAligned(card.address(array)) ? array : array.duplicate())
        .toList();
  }

  private Job with(Job job, NDArray gradient) {
    boolean narrow = gradient.getDataType() == BFLOAT16;
    if (!isAligned(card.address(gradient))
        || gradient.size() != job.count()
        || !(narrow || gradient.getDataType() == DataType.FLOAT32)) {
      throw new IllegalArgumentException(
          "no gradient that a kernel takes: %s of %s numbers, for a weight of %s"
              .formatted(gradient.getDataType(), gradient.size(), job.count()));
    }
    return new Job(
        job.weight(),
        card.address(gradient),
        job.momentum(),
        job.copy(),
        job.count(),
        job.group(),
        narrow);
  }

  long jobs() {
    return card.address(jobs.array());
  }

  long chunks() {
    return card.address(chunks.array());
  }

  int chunkCount() {
    return chunkCount;
  }
}
