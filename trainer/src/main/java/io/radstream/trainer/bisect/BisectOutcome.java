package io.radstream.trainer.bisect;

import io.radstream.schemas.Alarm;
import io.radstream.trainer.traits.Exclusion;
import io.radstream.trainer.traits.StudyPlace;
import io.radstream.trainer.traits.StudyTraits;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What was found.
 *
 * @param known the figure by step, recorded or measured again
 * @param turn as narrow as it was found
 * @param sound step behind which studies were looked at, and whose weights they were shown to
 * @param last step whose studies were looked at; behind the turn where that read too few
 * @param studies of the steps behind {@code sound} up to {@code last}, and what is known of them
 * @param before studies that they were compared with
 * @param peculiarities of those that were read when it turned, the least likely by chance first
 * @param alarms of drift between the steps that were named, by step
 * @param suspected what stands out most among them; where nothing does, all that they are
 * @param confirmation where asked for
 */
public record BisectOutcome(
    String runId,
    NavigableMap<Long, Double> known,
    Judge judge,
    Turn turn,
    long sound,
    long last,
    Map<StudyPlace, StudyTraits> studies,
    int before,
    List<Peculiarity> peculiarities,
    NavigableMap<Long, List<Alarm>> alarms,
    Optional<Group> suspected,
    Optional<Confirmation> confirmation) {

  /**
   * What would have been without what is suspected.
   *
   * @param without what was left out
   * @param passedOver steps that were not taken, since too little was left of them
   * @param value of the figure at the step that was named as bad
   * @param good whether that is on the good side of the bound
   */
  public record Confirmation(Exclusion without, long passedOver, double value, boolean good) {}
}
