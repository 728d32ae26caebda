package io.radstream.trainer.feed;

import io.radstream.model.network.StudyBatch;
import java.util.List;

/**
 * What a step learns from.
 *
 * @param studies the share of them that is learned from here
 * @param draft of all
 * @param digest SHA-256 of the numbers in all studies
 * @param unmirrorable how many of all are shown as they are in every epoch
 */
public record TrainingBatch(StudyBatch studies, Draft draft, String digest, int unmirrorable) {

  /**
   * @param digests of all shards, in their order
   * @param unmirrorable of all
   */
  public static TrainingBatch of(
      Draft draft, AssembledShare own, List<String> digests, int unmirrorable) {
    return new TrainingBatch(own.studies(), draft, BatchDigest.ofBatch(digests), unmirrorable);
  }
}
