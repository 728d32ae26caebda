package io.radstream.trainer.traits;

import io.radstream.trainer.feed.Read;
import io.radstream.trainer.tuples.TupleRef;

/**
 * Where the tuple of a study is.
 *
 * @param source name of the source in the run's configuration
 */
public record StudyPlace(String source, TupleRef ref) {

  public static StudyPlace of(Read read) {
    return new StudyPlace(read.source(), read.ref());
  }
}
