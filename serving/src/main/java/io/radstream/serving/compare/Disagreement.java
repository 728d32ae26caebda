package io.radstream.serving.compare;

import java.time.Instant;
import java.util.Optional;

/**
 * A study that two models score differently, for somebody to look at.
 *
 * @param studyId the caller's name for it, if any; never logged
 * @param finding on which they differ most
 * @param live probability by the live model
 * @param trial probability by the one on trial
 * @param at when it was scored
 */
public record Disagreement(
    Optional<String> studyId, String finding, double live, double trial, Instant at) {

  double difference() {
    return Math.abs(live - trial);
  }
}
