package io.radstream.model.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.network.ViewFusion;
import java.util.Optional;

/** The losses of a network, each a scalar; one that is no objective is empty. */
public record NetworkLosses(RefersNetwork network) {

  public Optional<NDArray> contrastive(Representation representation) {
    return representation
        .reports()
        .map(
            reports ->
                Losses.contrastive(
                    representation.study().vectors(), reports, network.config().objectives()));
  }

  /**
   * The share of these studies in the loss of the whole batch.
   *
   * @param divisor of the whole batch, from {@link Losses#languageDivisor}
   */
  public Optional<NDArray> language(
      NDManager scratch,
      StudyBatch batch,
      ViewFusion.Study study,
      double divisor,
      boolean training) {
    return network
        .report()
        .map(
            decoder ->
                Losses.language(
                    decoder,
                    batch.cutTokens(decoder.config().maxTokens()),
                    study,
                    divisor,
                    training,
                    scratch));
  }

  /**
   * The share of these studies in the loss of the whole batch.
   *
   * @param divisor number of known labels of the whole batch
   */
  public Optional<NDArray> labels(
      NDManager scratch, StudyBatch batch, ViewFusion.Study study, double divisor) {
    return network
        .labels()
        .map(head -> Losses.labels(head.apply(study.vectors()), batch.labels(), divisor, scratch));
  }
}
