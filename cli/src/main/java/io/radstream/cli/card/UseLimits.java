package io.radstream.cli.card;

import io.radstream.checkpoints.CheckpointState;
import io.radstream.cli.card.CheckpointCard.Judged;
import io.radstream.cli.card.CheckpointCard.Learned;
import io.radstream.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a checkpoint must not be taken for: of every one, and of this one. */
record UseLimits(
    String intendedUse, CheckpointState state, List<Learned> data, List<Judged> evaluations) {

  private static final String TEST = Topic.TUPLES_TEST.suffix();

  List<String> all() {
    List<String> limits = new ArrayList<>();
    limits.add(intendedUse.replace('\n', ' '));
    if (evaluations.stream().noneMatch(judged -> judged.split().equals(TEST))) {
      limits.add(
          "No evaluation on a test is recorded: figures of validation flatter where checkpoints or thresholds were chosen by it.");
    }
    if (evaluations.stream()
        .anyMatch(judged -> judged.split().equals(TEST) && judged.reading() > 1)) {
      limits.add(
          "The test was read more than once for this line: its figure is no longer that of unseen studies.");
    }
    if (state.parent() != null) {
      limits.add(
          "It grew out of %s: what that learned from is in it as well, and on that checkpoint's card."
              .formatted(state.parent()));
    }
    if (data.stream().anyMatch(source -> source.studies() == null)) {
      limits.add(
          "What some of its studies were, and on which terms they were given, is not known here: they are not held any more, or the run learned from what arrived.");
    }
    if (hasUnknownTerms()) {
      limits.add(
          "On which terms some of its studies were given is not known here: ask who published them before it is passed on.");
    }
    if (hasWithdrawn()) {
      limits.add(
          "Studies that it may have learned from have been withdrawn since; lineage tells which checkpoints learned from a study.");
    }
    return limits;
  }

  private boolean hasUnknownTerms() {
    return data.stream()
        .map(Learned::studies)
        .filter(Objects::nonNull)
        .anyMatch(studies -> studies.terms().containsValue(null));
  }

  private boolean hasWithdrawn() {
    return data.stream()
        .map(Learned::studies)
        .filter(Objects::nonNull)
        .map(studies -> studies.totals().get("withdrawn"))
        .anyMatch(count -> count == null || count > 0);
  }
}
