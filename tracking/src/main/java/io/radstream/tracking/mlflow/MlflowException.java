package io.radstream.tracking.mlflow;

import java.io.IOException;

/** The server was reached, and refuses. */
final class MlflowException extends IOException {

  private static final long serialVersionUID = 1;

  private final String code;

  MlflowException(String message, String code) {
    super(message);
    this.code = code;
  }

  /** MLflow's own, such as RESOURCE_DOES_NOT_EXIST; empty where the answer has none. */
  String code() {
    return code;
  }
}
