package io.radstream.trainer.feed;

import io.radstream.model.network.StudyBatch;
import java.util.List;

/**
 * A share of a batch, as the network takes it.
 *
 * @param digests SHA-256 of the numbers in each shard of {@code studies}
 * @param unmirrorable how many of these are shown as they are in every epoch
 */
public record AssembledShare(StudyBatch studies, List<String> digests, int unmirrorable) {

  public AssembledShare {
    digests = List.copyOf(digests);
  }
}
