package io.radstream.model.training;

import io.radstream.model.engine.CudaException;
import io.radstream.model.engine.RecordedWork;
import io.radstream.model.engine.WorkRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a device has recorded of a program. */
final class Recordings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);

  /** Each takes memory of the device. */
  private final int most;

  private final List<RecordedWork> recorded = new ArrayList<>();
  private Optional<WorkRecorder> recorder;

  /**
   * @param recorder empty where nothing can be recorded
   * @param most that there may be
   */
  Recordings(Optional<WorkRecorder> recorder, int most) {
    this.recorder = recorder;
    this.most = most;
  }

  /** Empty where nothing more is to be recorded. */
  Optional<WorkRecorder> recorder() {
    return recorder.filter(any -> recorded.size() < most);
  }

  void add(RecordedWork work) {
    recorded.add(work);
  }

  /** Records nothing from now on; what is recorded stays. */
  void giveUp(String why) {
    recorder = Optional.empty();
    LOG.warn("steps go on without recorded work, which takes longer and gives the same: {}", why);
  }

  /** All of them, whatever becomes of some. */
  @Override
  public void close() {
    Optional<CudaException> failure = Optional.empty();
    for (RecordedWork work : recorded) {
      try {
        work.close();
      } catch (CudaException e) {
        failure = failure.or(() -> Optional.of(e));
      }
    }
    failure.ifPresent(
        first -> {
          throw first;
        });
  }
}
