package io.radstream.trainer.testing;

import io.radstream.schemas.Evaluation;

/** The checkpoint's line has been judged on the test before. */
public final class TestReadException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TestReadException(Evaluation earlier) {
    super(
        "line %s has been judged on these tests before: checkpoint %s at %s, evaluation %s. Who chooses by a test and reads it again reports what the choice has made of it; --again reads it all the same, and the figures say so"
            .formatted(
                earlier.getLine(),
                earlier.getCheckpointId(),
                earlier.getTime(),
                earlier.getEvaluationId()));
  }
}
