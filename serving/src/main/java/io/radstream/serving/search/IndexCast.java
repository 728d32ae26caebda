package io.radstream.serving.search;

import io.radstream.radiology.study.StudyInput;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The model of an index, for one question. Nobody scores beside it. */
final class IndexCast implements Models.Cast {

  private final CheckpointIndex index;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param index held for this already
   */
  IndexCast(CheckpointIndex index) {
    this.index = index;
  }

  @Override
  public ScoringModel answering(Set<Capability> needed, Supplier<String> key) {
    return index.model();
  }

  @Override
  public boolean isAnyOfAnotherSize(StudyInput input) {
    return false;
  }

  @Override
  public Optional<Models.Lease> shadow() {
    return Optional.empty();
  }

  @Override
  public Optional<Models.Lease> liveBeside(ScoringModel answered) {
    return Optional.empty();
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      index.release();
    }
  }
}
