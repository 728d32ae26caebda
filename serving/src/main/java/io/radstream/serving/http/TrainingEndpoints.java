package io.radstream.serving.http;

import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.training.TrainingHistory;
import java.util.List;

/**
 * {@code /v1/training} and {@code /v1/events}: the course of a run, and whatever changes.
 *
 * @param listeners most of them to events at a time
 */
record TrainingEndpoints(
    TrainingHistory history, CheckpointCatalog catalog, LiveEvents events, int listeners)
    implements EndpointGroup {

  static final String EVENTS = "/v1/events";

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/training", c -> Json.send(c, history.curve())),
        Endpoint.get(EVENTS, events.handler(catalog, history, listeners)));
  }
}
