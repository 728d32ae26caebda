package io.radstream.serving.score;

import java.util.Optional;
import java.util.function.Supplier;

/** Where requests get their models from. Thread-safe, and never waits. */
@FunctionalInterface
public interface Models {

  /** The models as they are now, held for one request; empty while none answers. */
  Optional<Cast> cast();

  /** The models that a request began with. All stay open until it is closed. */
  interface Cast extends AutoCloseable {

    /**
     * The model that answers for a study.
     *
     * @param key the same for every request about the study; asked for only where it matters
     */
    ScoringModel answering(Supplier<String> key);

    /** A hold of its own on a model that scores beside and is not heard, if there is one. */
    Optional<Lease> shadow();

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
