package io.radstream.results.maps;

import io.radstream.results.destination.Result;
import java.util.List;

/** Who draws where scores come from. Thread-safe. */
@FunctionalInterface
public interface MapPictures {

  /** What there is of a score. */
  sealed interface Drawn {

    /** In an order that is always the same. */
    record Pictures(List<MapPicture> pictures) implements Drawn {

      public Pictures {
        pictures = List.copyOf(pictures);
      }
    }

    /**
     * @param why one of few sentences, without what is particular to the study
     */
    record None(String why) implements Drawn {}
  }

  /**
   * Takes some seconds where a checkpoint has to be loaded.
   *
   * @param findings of the result, at least one
   * @throws org.apache.kafka.common.errors.RetriableException where that cannot be told now
   */
  Drawn of(Result result, List<String> findings);
}
