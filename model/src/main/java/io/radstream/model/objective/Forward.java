package io.radstream.model.objective;

import ai.djl.ndarray.NDManager;
import io.radstream.model.network.RefersNetwork;
import io.radstream.model.network.RefersNetwork.Representation;
import io.radstream.model.network.StudyBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the network makes of a batch, or of a part of one: what a loss starts from. Studies and
 * reports are represented when a loss first asks for it, and once. Of one thread.
 */
public final class Forward {

  private final NDManager scratch;
  private final StudyBatch batch;
  private final boolean training;
  private final Supplier<Representation> representing;
  private final Map<Class<?>, Object> shared = new HashMap<>();
  private Optional<Representation> represented = Optional.empty();

  private Forward(
      NDManager scratch,
      StudyBatch batch,
      boolean training,
      Supplier<Representation> representing) {
    this.scratch = scratch;
    this.batch = batch;
    this.training = training;
    this.representing = representing;
  }

  /**
   * @param scratch owns what is computed on the way to the loss
   * @param training whether what is random only in training (dropout) is
   */
  public static Forward of(
      RefersNetwork network, NDManager scratch, StudyBatch batch, boolean training) {
    return new Forward(scratch, batch, training, () -> network.represent(scratch, batch, training));
  }

  /** Of a batch that is represented already. */
  public static Forward of(
      NDManager scratch, StudyBatch batch, Representation representation, boolean training) {
    return new Forward(scratch, batch, training, () -> representation);
  }

  /** Owns what is computed on the way to the loss. */
  public NDManager scratch() {
    return scratch;
  }

  public StudyBatch batch() {
    return batch;
  }

  /** Whether what is random only in training (dropout) is. */
  public boolean training() {
    return training;
  }

  /** Of the pictures as they are shown, and of the reports. */
  public Representation representation() {
    Representation made = represented.orElseGet(representing);
    represented = Optional.of(made);
    return made;
  }

  /**
   * What several losses start from, beside the representation: made when the first of them asks.
   *
   * @param kind by which it is found again
   */
  <T> T shared(Class<T> kind, Supplier<T> making) {
    return kind.cast(shared.computeIfAbsent(kind, key -> making.get()));
  }

  /** Empty where no loss has asked for it. */
  public Optional<Representation> represented() {
    return represented;
  }
}
