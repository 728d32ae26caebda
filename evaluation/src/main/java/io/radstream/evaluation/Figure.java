package io.radstream.evaluation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A figure of studies, for example {@code Auc::of}.
 *
 * @param <T> what is known of a study
 */
@FunctionalInterface
public interface Figure<T> {

  /** Empty where these studies do not define it. */
  OptionalDouble of(List<T> studies);
}
