package io.radstream.model.training;

import io.radstream.model.config.Compute;
import io.radstream.model.config.GradientType;
import io.radstream.model.network.StudyBatch;
import java.util.List;

/**
 * How a batch is cut into parts, of which one at a time is on a device.
 *
 * @param microBatch studies of a part, the last of a batch perhaps of fewer; 0 for one part
 * @param shards of the whole batch, as equal parts; 1 for parts by {@code microBatch}
 * @param gradients in which numbers those of shards are added up
 */
public record Division(int microBatch, int shards, GradientType gradients) {

  static final Division NONE = new Division(0, 1);

  /** With gradients in float32. */
  public Division(int microBatch, int shards) {
    this(microBatch, shards, GradientType.FLOAT32);
  }

  public static Division of(Compute compute) {
    return new Division(compute.microBatch(), compute.shards(), compute.gradients());
  }

  /** Studies that are on a device at a time where nothing is learned; 0 for all. */
  public int most(int studies) {
    return isSharded() ? (studies + shards - 1) / shards : microBatch;
  }

  /** Whether gradients of parts are added up in a tree. */
  boolean isSharded() {
    return shards > 1;
  }

  /**
   * @param share of the batch; the whole of one of which studies were left out may have fewer, or
   *     unequal shards
   * @param ranks that have a share each
   * @throws IllegalArgumentException where shards are not equal
   */
  List<StudyBatch> parts(StudyBatch share, int ranks) {
    if (!isSharded()) {
      return share.parts(microBatch);
    }
    int own = shards / ranks;
    if (ranks == 1) {
      return share.evenParts(Math.min(own, Integer.highestOneBit(share.size())));
    }
    if (own * ranks != shards || share.size() % own != 0) {
      throw new IllegalArgumentException(
          "%d studies of each of %d ranks are not %d equal shards"
              .formatted(share.size(), ranks, shards));
    }
    return share.evenParts(own);
  }
}
