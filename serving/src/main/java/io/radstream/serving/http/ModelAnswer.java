package io.radstream.serving.http;

import io.radstream.serving.score.ModelIdentity;

/** Which checkpoint answered, as JSON. */
record ModelAnswer(String id, String line, long step, String loadedAt) {

  static ModelAnswer of(ModelIdentity model) {
    return new ModelAnswer(
        model.checkpointId(), model.line(), model.step(), model.loadedAt().toString());
  }
}
