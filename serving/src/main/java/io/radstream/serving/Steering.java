package io.radstream.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.model.engine.TorchEngine;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.ModelDecision;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.checkpoint.Announcements;
import io.radstream.serving.checkpoint.Calibrations;
import io.radstream.serving.checkpoint.CheckpointCatalog;
import io.radstream.serving.checkpoint.CheckpointJudge;
import io.radstream.serving.checkpoint.CheckpointLoader;
import io.radstream.serving.checkpoint.CheckpointSpans;
import io.radstream.serving.checkpoint.CheckpointWatcher;
import io.radstream.serving.checkpoint.DecisionRecorder;
import io.radstream.serving.checkpoint.FleetKeeper;
import io.radstream.serving.checkpoint.LoadedModels;
import io.radstream.serving.checkpoint.ModelCommands;
import io.radstream.serving.checkpoint.NetworkLoader;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.DecisionMaker;
import io.radstream.serving.decisions.DecisionTopic;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Role;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.follow.FollowedTopics;
import io.radstream.serving.http.ModelControl;
import io.radstream.serving.score.ModelIdentity;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that steers which checkpoint answers, put together for a service. */
final class Steering implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Steering.class);

  /** So often it is tried again to record what could not be, and looked for calibrations. */
  private static final long AGAIN_SECONDS = 30;

  /** So often it is seen whether a checkpoint that waits for its files is due. */
  private static final long LOOK_SECONDS = 5;

  private final DecisionTopic topic;
  private final DecisionLog log;
  private final CheckpointCatalog catalog;
  private final ModelCommands commands;
  private final LoadedModels models;
  private final FleetKeeper keeper;
  private final CheckpointWatcher watcher;
  private final Calibrations calibrations;
  private final ScheduledExecutorService thread;

  /** A store that hangs must hold up neither checkpoints nor the end. */
  private final ScheduledExecutorService looking =
      new ScheduledThreadPoolExecutor(1, Steering::looking);

  /**
   * @param instance name of this service that no other one has
   * @param changed called after every change of what is known of checkpoints
   * @param spans of what is done with them
   */
  Steering(
      KafkaConnection connection,
      ServingConfig config,
      NetworkLoader networks,
      ModelFleet fleet,
      String instance,
      Consumer<CheckpointCatalog> changed,
      InstantSource clock,
      MeterRegistry meters,
      CheckpointSpans spans) {
    this.topic = DecisionTopic.of(connection);
    this.thread = new LoadingThread(() -> fleet.live().isPresent());
    this.log = new DecisionLog(config.steering().service(), topic, meters);
    this.catalog = new CheckpointCatalog(changed);
    Announcements announcements = new Announcements(log);
    DecisionMaker maker = new DecisionMaker(instance, clock);
    CheckpointLoader loader =
        new CheckpointLoader(
            config.store(),
            config.answers().findings(),
            networks,
            clock,
            config.answers().calibrated());
    CheckpointJudge judge =
        new CheckpointJudge(loader, config.policy(), fleet, catalog, spans, meters);
    StoreMeters.register(config.store(), meters);
    this.models =
        new LoadedModels(
            fleet, catalog, announcements, log, config.steering().keepsPrevious(), clock, spans);
    this.keeper =
        new FleetKeeper(
            announcements, judge, models, new DecisionRecorder(log), maker, catalog, thread);
    this.calibrations =
        new Calibrations(
            config.store(),
            announcements,
            models,
            config.answers().calibrated(),
            () -> changed.accept(catalog));
    this.commands = new ModelCommands(announcements, models, keeper, log, maker);
    this.watcher = new CheckpointWatcher(config.line(), announcements, catalog, keeper, spans);
    log.observe(() -> changed.accept(catalog));
  }

  private static Thread looking(Runnable task) {
    Thread made = new Thread(task, "look-for-calibrations");
    made.setDaemon(true);
    return made;
  }

  CheckpointCatalog catalog() {
    return catalog;
  }

  ModelControl control() {
    return new ModelControl(log, commands::carryOut);
  }

  /**
   * Takes back a checkpoint that fails too often; a race with another decision is the log's to end.
   *
   * @param role that it had when it failed
   */
  void takeBack(Role role, ModelIdentity model, Verdict verdict) {
    CompletableFuture<?> unused = commands.takeBack(model.checkpointId(), verdict);
  }

  /** Adds the topics that tell which checkpoints there are, and which of them is to answer. */
  void follow(KafkaConnection connection, FollowedTopics followed) {
    followed.need(
        TopicFollower.of(connection, Topic.CHECKPOINTS, CheckpointPublished.class, watcher));
    // Not needed: without it an instance decides alone.
    followed.add(TopicFollower.of(connection, Topic.MODELS_DECISIONS, ModelDecision.class, log));
  }

  void start() {
    // Two operations that each want all CPU threads would wait for each other.
    thread.execute(() -> TorchEngine.narrow(1));
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            keeper::lookAgain, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    unused =
        thread.scheduleWithFixedDelay(keeper::wake, AGAIN_SECONDS, AGAIN_SECONDS, TimeUnit.SECONDS);
    unused =
        looking.scheduleWithFixedDelay(
            calibrations::look, AGAIN_SECONDS, AGAIN_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for a checkpoint that is being loaded. Call when no topic is followed any more. */
  @Override
  public void close() {
    keeper.close();
    looking.shutdownNow();
    thread.shutdown();
    try {
      while (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.atWarn().log("still waiting for a checkpoint that is being loaded");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    models.close();
    topic.close();
  }
}
