package io.radstream.serving;

import io.radstream.checkpoints.CheckpointStore;
import io.radstream.objects.ClaimedObjects;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.search.SearchLimits;
import io.radstream.serving.worklist.WorklistLimits;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How the service is to run.
 *
 * @param store that the trainer writes checkpoints to; nothing outside of it is loaded
 * @param line the only model line to serve, or empty for whichever was announced last
 * @param policy decides what becomes of a checkpoint
 * @param steering how it is steered which checkpoint answers
 * @param answers how a network is used to answer
 * @param listen where the service listens, and to whom
 * @param arrivals whether studies that arrive on {@code studies.views} are scored, too
 * @param originals where pictures at full resolution are read; empty where nobody has said
 * @param search how much may be searched; empty where nothing is indexed
 * @param worklist what stands on the list of studies that arrived; empty where there is none
 */
public record ServingConfig(
    CheckpointStore store,
    Optional<String> line,
    ServingPolicy policy,
    SteeringConfig steering,
    AnswerConfig answers,
    ListenConfig listen,
    boolean arrivals,
    Optional<ClaimedObjects> originals,
    Optional<SearchLimits> search,
    Optional<WorklistLimits> worklist) {

  public ServingConfig {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(steering, "steering");
    Objects.requireNonNull(answers, "answers");
    Objects.requireNonNull(listen, "listen");
    Objects.requireNonNull(originals, "originals");
    Objects.requireNonNull(search, "search");
    Objects.requireNonNull(worklist, "worklist");
  }

  /** The same of a store that is a directory. */
  public static ServingConfig of(Path store) {
    return of(new CheckpointStore(store));
  }

  /** Any line, the newest checkpoint, all else as by default. */
  public static ServingConfig of(CheckpointStore store) {
    return new ServingConfig(
        store,
        Optional.empty(),
        new NewestWins(),
        SteeringConfig.of(Optional.empty()),
        AnswerConfig.DEFAULT,
        ListenConfig.DEFAULT,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same line only. */
  public ServingConfig withLine(Optional<String> other) {
    return new ServingConfig(
        store,
        other,
        policy,
        SteeringConfig.of(other),
        answers,
        listen,
        arrivals,
        originals,
        search,
        worklist);
  }

  /** The same, with networks used in another way. */
  public ServingConfig withAnswers(AnswerConfig other) {
    return new ServingConfig(
        store, line, policy, steering, other, listen, arrivals, originals, search, worklist);
  }

  /** The same at another place. */
  public ServingConfig withListen(ListenConfig other) {
    return new ServingConfig(
        store, line, policy, steering, answers, other, arrivals, originals, search, worklist);
  }

  /** The same with studies scored as they arrive, or without. */
  public ServingConfig withArrivals(boolean scored) {
    return new ServingConfig(
        store, line, policy, steering, answers, listen, scored, originals, search, worklist);
  }

  /** The same with a store of pictures at full resolution, or none. */
  public ServingConfig withOriginals(Optional<ClaimedObjects> others) {
    return new ServingConfig(
        store, line, policy, steering, answers, listen, arrivals, others, search, worklist);
  }

  /** The same with a search, or without. */
  public ServingConfig withSearch(Optional<SearchLimits> other) {
    return new ServingConfig(
        store, line, policy, steering, answers, listen, arrivals, originals, other, worklist);
  }

  /** The same with a list of studies that arrived, or without. */
  public ServingConfig withWorklist(Optional<WorklistLimits> other) {
    return new ServingConfig(
        store, line, policy, steering, answers, listen, arrivals, originals, search, other);
  }
}
