package io.radstream.trainer.bisect;

import io.radstream.trainer.traits.StudyTraits;
import io.radstream.trainer.traits.Trait;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a study.
 *
 * @param numbers none where it could not be shown
 */
record KnownStudy(StudyTraits traits, Map<StudyNumber, Double> numbers) {

  KnownStudy {
    numbers = Map.copyOf(numbers);
  }

  boolean has(Group group) {
    return traits.of(group.trait()).contains(group.value());
  }

  Optional<Double> number(StudyNumber number) {
    return Optional.ofNullable(numbers.get(number));
  }

  boolean has(Trait trait) {
    return !traits.of(trait).isEmpty();
  }
}
