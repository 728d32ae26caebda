package io.radstream.model.objective;

import io.radstream.model.config.NetworkPart;
import io.radstream.model.network.CompanionKind;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.StudyBatch;
import java.util.Set;

/**
 * Something that a network learns by. What a run minimises is the sum of its objectives, each times
 * its weight. {@link ObjectiveList} lists those that there are; whatever else has to do with losses
 * asks them, and goes by their names.
 */
public interface Objective {

  /** In lower case: its loss stands under it in figures, {@code loss_<name>}, and on the ledger. */
  String name();

  /** Above 0. */
  double weight();

  /** What the network has because of it, beside the encoder of radiographs and the fusion. */
  Set<NetworkPart> parts();

  /** What it needs of a batch, beside radiographs. */
  Set<BatchInput> needs();

  /** Of which kinds it needs a companion to each picture of a batch. */
  default Set<CompanionKind> companions() {
    return Set.of();
  }

  /** Over how many of what the loss of a batch is the mean, such as studies or tokens. */
  double count(StudyBatch batch);

  /**
   * What is computed. Weights that are this objective's alone are made here, behind those of the
   * network, most often as {@link NetworkPart#PRETEXT}.
   */
  Term on(RefersNetwork network);

  /** Asks for the weights that are this objective's alone, as {@link #on} does: to be counted. */
  default void declareWeights(RefersNetwork network) {
    on(network);
  }

  /**
   * Floating-point operations of the forward pass of one study that are this objective's own, not
   * those of a part that the network has.
   */
  default long flops(RefersNetwork network) {
    return 0;
  }

  /** Those of {@link #flops} that no gradient goes back through. */
  default long forwardOnlyFlops(RefersNetwork network) {
    return 0;
  }

  /** To be gathered over a validation, beside the loss. */
  default ValidationFigures figures() {
    return ValidationFigures.none();
  }
}
