package io.radstream.serving.http;

import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.http.EventStream.Event;
import io.radstream.serving.training.TrainingAlarm;
import io.radstream.serving.training.TrainingCurve;
import io.radstream.serving.training.TrainingHistory;
import io.radstream.serving.training.TrainingPoint;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the pages that are open what changes: {@code models}, {@code training}, {@code points},
 * {@code alarms}, {@code worklist}.
 */
public final class LiveEvents implements TrainingHistory.Observer, AutoCloseable {

  /** Studies may arrive faster than a list is worth looking at. */
  private static final long GATHERED_MILLIS = 500;

  private final Vertx vertx;
  private final AtomicBoolean gathering = new AtomicBoolean();
  private final ModelFleet fleet;
  private final DecisionLog log;
  private final EventStream stream;

  public LiveEvents(Vertx vertx, ModelFleet fleet, DecisionLog log) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.log = log;
    this.stream = new EventStream(vertx);
  }

  /** To be called whenever a checkpoint was announced or flagged, or something was decided. */
  public void changed(CheckpointCatalog catalog) {
    stream.publish("models", ModelsAnswer.of(catalog, fleet, log));
  }

  /**
   * To be called whenever the worklist changed; from any thread. Tells nothing of what is on it.
   */
  public void listed() {
    if (gathering.compareAndSet(false, true)) {
      vertx.setTimer(
          GATHERED_MILLIS,
          fired -> {
            gathering.set(false);
            stream.publish("worklist", Map.of());
          });
    }
  }

  @Override
  public void restarted(TrainingCurve curve) {
    stream.publish("training", curve);
  }

  @Override
  public void grew(List<TrainingPoint> points) {
    stream.publish("points", points);
  }

  @Override
  public void alarmed(List<TrainingAlarm> alarms) {
    stream.publish("alarms", alarms);
  }

  /**
   * @param most listeners at a time
   */
  Handler<RoutingContext> handler(CheckpointCatalog catalog, TrainingHistory history, int most) {
    return stream.handler(
        most,
        () ->
            List.of(
                new Event("models", ModelsAnswer.of(catalog, fleet, log)),
                new Event("training", history.curve())));
  }

  @Override
  public void close() {
    stream.close();
  }
}
