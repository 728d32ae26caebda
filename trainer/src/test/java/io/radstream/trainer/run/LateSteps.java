package io.radstream.trainer.run;

import io.radstream.model.RefersTraining;
import io.radstream.model.network.StudyBatch;
import io.radstream.model.training.StepResult;
import io.radstream.model.training.StepUnderWay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Steps of a real network, none of which is there before it is asked for. */
final class LateSteps implements Function<RefersTraining, StepTaker.Steps> {

  /** Milliseconds in which batches are made, as they are while a GPU computes. */
  private static final int PAUSE = 20;

  private static final int LONG_PAUSE = 200;

  private final List<String> course = new ArrayList<>();
  private long begun;
  private long broken = -1;
  private long longAt = -1;
  private LongConsumer beforeBegin = step -> {};
  private LongConsumer beforeFinish = step -> {};

  /** Has the loss of a step of the process, from 1 on, be no number. */
  LateSteps brokenAt(long step) {
    broken = step;
    return this;
  }

  LateSteps beforeBegin(LongConsumer action) {
    beforeBegin = action;
    return this;
  }

  LateSteps beforeFinish(LongConsumer action) {
    beforeFinish = action;
    return this;
  }

  /** Has the batch behind a step be there for certain once the step is begun. */
  LateSteps longAt(long step) {
    longAt = step;
    return this;
  }

  /** "begun 1", "finished 1" and so on, in the order in which it came. */
  List<String> course() {
    return List.copyOf(course);
  }

  /** Steps that had not been finished when the next one was begun. */
  List<Long> overtaken() {
    List<Long> overtaken = new ArrayList<>();
    for (long step = 1; step < begun; step++) {
      int finished = course.indexOf("finished " + step);
      if (finished < 0 || course.indexOf("begun " + (step + 1)) < finished) {
        overtaken.add(step);
      }
    }
    return overtaken;
  }

  @Override
  public StepTaker.Steps apply(RefersTraining network) {
    return (studies, rates, seed, observer) -> {
      long step = ++begun;
      pause(step == longAt ? LONG_PAUSE : PAUSE);
      beforeBegin.accept(step);
      course.add("begun " + step);
      StudyBatch shown = step == broken ? unusable(studies) : studies;
      return late(step, network.begin(shown, rates, seed, observer));
    };
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StudyBatch unusable(StudyBatch studies) {
    float[] nothing = new float[studies.images().length];
    Arrays.fill(nothing, Float.NaN);
    return new StudyBatch(nothing, studies.tokens(), studies.encoderTokens(), studies.labels());
  }

  private StepUnderWay late(long step, StepUnderWay real) {
    return new StepUnderWay() {
      private boolean asked;

      @Override
      public boolean isDone() {
        return asked;
      }

      @Override
      public StepResult finish() {
        beforeFinish.accept(step);
        asked = true;
        course.add("finished " + step);
        return real.finish();
      }
    };
  }
}
