package io.radstream.serving.score;

import io.radstream.radiology.study.StudyInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Where requests get their models from. Thread-safe, and never waits. */
@FunctionalInterface
public interface Models {

  /** The models as they are now, held for one request; empty while none answers. */
  Optional<Cast> cast();

  /**
   * The same, where one model is to answer whatever the study.
   *
   * @param name a role in lower case, or the id of a checkpoint
   * @return empty where no such model is loaded
   */
  default Optional<Cast> cast(String name) {
    return Optional.empty();
  }

  /** Names that {@link #cast(String)} takes now. */
  default List<String> names() {
    return List.of();
  }

  /** The models that a request began with. All stay open until it is closed. */
  interface Cast extends AutoCloseable {

    /**
     * The model that answers for a study: a canary only where it can do what is needed.
     *
     * @param needed what the answer is to be made of
     * @param key the same for every request about the study; asked for only where it matters
     */
    ScoringModel answering(Set<Capability> needed, Supplier<String> key);

    /** Whether a model that may score beside must prepare the study by itself. */
    boolean isAnyOfAnotherSize(StudyInput input);

    /** A hold of its own on a model that scores beside and is not heard, if there is one. */
    Optional<Lease> shadow();

    /** A hold of its own on the live model, where another one has answered. */
    Optional<Lease> liveBeside(ScoringModel answered);

    /** Closing it twice is harmless. */
    @Override
    void close();
  }

  /** A hold on one model; closing it twice is harmless. */
  interface Lease extends AutoCloseable {

    ScoringModel model();

    @Override
    void close();
  }
}
