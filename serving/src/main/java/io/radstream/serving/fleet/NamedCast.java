package io.radstream.serving.fleet;

import io.radstream.radiology.study.StudyInput;
import io.radstream.serving.score.Capability;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One model that was asked for by name. Nobody scores beside it. */
record NamedCast(Models.Lease lease) implements Models.Cast {

  @Override
  public ScoringModel answering(Set<Capability> needed, Supplier<String> key) {
    return lease.model();
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
    lease.close();
  }
}
