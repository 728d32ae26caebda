package io.radstream.serving.score;

import io.radstream.radiology.study.StudyInput;
import java.util.concurrent.CompletableFuture;

/** A study that is ready for the device. Each is itself alone. */
final class DeviceTask {

  private final ScoringModel model;
  private final StudyInput input;
  private final Patience patience;
  private final long since;
  private final CompletableFuture<ScoredStudy> result = new CompletableFuture<>();

  /**
   * @param since when it was asked for, by the monotonic clock, in nanoseconds
   */
  DeviceTask(ScoringModel model, StudyInput input, Patience patience, long since) {
    this.model = model;
    this.input = input;
    this.patience = patience;
    this.since = since;
  }

  ScoringModel model() {
    return model;
  }

  StudyInput input() {
    return input;
  }

  Patience patience() {
    return patience;
  }

  long since() {
    return since;
  }

  CompletableFuture<ScoredStudy> result() {
    return result;
  }
}
