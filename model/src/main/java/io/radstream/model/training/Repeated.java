package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.engine.CudaException;
import io.radstream.model.engine.RecordedWork;
import io.radstream.model.engine.WorkRecorder;
import io.radstream.model.explicit.Operations;
import java.util.List;
import java.util.Optional;

/**
 * Work on arrays that stand, to be done again and again. The second time it is recorded, where the
 * device can, and from then on done as recorded, if that gives the same bits.
 */
final class Repeated {

  private final Recordings recordings;
  private final Operations operations;
  private final Runnable work;
  private final List<NDArray> results;
  private boolean done;
  private Optional<RecordedWork> recorded = Optional.empty();

  /**
   * @param operations for what is computed beside it
   * @param work whose operations, and their shapes, are always the same
   * @param results arrays that it changes
   */
  Repeated(Recordings recordings, Operations operations, Runnable work, List<NDArray> results) {
    this.recordings = recordings;
    this.operations = operations;
    this.work = work;
    this.results = results;
  }

  /**
   * @param seeding of what the work draws
   */
  void again(Runnable seeding) {
    Optional<WorkRecorder> recorder = done ? recordings.recorder() : Optional.empty();
    if (recorded.isPresent()) {
      seeding.run();
      recorded.get().replay();
    } else if (recorder.isPresent()) {
      record(recorder.get(), seeding);
    } else {
      once(seeding);
    }
    done = true;
  }

  private void once(Runnable seeding) {
    seeding.run();
    work.run();
  }

  private void record(WorkRecorder recorder, Runnable seeding) {
    try (NDManager manager = operations.manager().newSubManager()) {
      Operations own = operations.in(manager);
      List<NDArray> before = copies(own);
      RecordedWork candidate;
      try {
        candidate = recorder.record(work);
      } catch (CudaException e) {
        recordings.giveUp(e.getMessage());
        bring(own, before);
        once(seeding);
        return;
      }
      bring(own, before);
      once(seeding);
      List<NDArray> expected = copies(own);
      bring(own, before);
      seeding.run();
      candidate.replay();
      if (own.same(expected, results)) {
        recorded = Optional.of(candidate);
        recordings.add(candidate);
      } else {
        candidate.close();
        recordings.giveUp("what was recorded gave other bits than what was not");
        bring(own, expected);
      }
    }
  }

  private List<NDArray> copies(Operations own) {
    return results.stream().map(own::copy).toList();
  }

  private void bring(Operations own, List<NDArray> values) {
    for (int i = 0; i < values.size(); i++) {
      own.put(results.get(i), values.get(i));
    }
  }
}
