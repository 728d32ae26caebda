package io.radstream.serving;

import io.radstream.model.config.Precision;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.fleet.ServingPolicy;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FindingSet;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the service is to run.
 *
 * @param store directory that the trainer writes checkpoints to; nothing outside of it is loaded
 * @param line the only model line to serve, or empty for whichever was announced last
 * @param policy decides what becomes of a checkpoint
 * @param prompts the findings that are looked for
 * @param host address to listen on
 * @param port 0 for any free one
 * @param batches how studies are gathered in front of the device
 * @param maxBodyBytes larger requests are refused
 * @param steering how it is steered which checkpoint answers
 * @param precision in what numbers networks multiply; their weights stay as they are in the store
 * @param models sets of findings that can be asked for by name, besides all of them
 * @param access who may ask, and from where
 */
public record ServingConfig(
    Path store,
    Optional<String> line,
    ServingPolicy policy,
    PromptSet prompts,
    String host,
    int port,
    BatchLimits batches,
    long maxBodyBytes,
    SteeringConfig steering,
    Precision precision,
    Map<String, FindingSet> models,
    AccessConfig access) {

  /** 64 MiB: sixteen radiographs as JPEG at full resolution. */
  public static final long DEFAULT_MAX_BODY_BYTES = 64L << 20;

  public ServingConfig {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(line, "line");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(prompts, "prompts");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(batches, "batches");
    Objects.requireNonNull(steering, "steering");
    Objects.requireNonNull(precision, "precision");
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (maxBodyBytes < 1 || maxBodyBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a request may hold 1 to %d bytes, not %d".formatted(Integer.MAX_VALUE, maxBodyBytes));
    }
    access.requireSafe(host);
    models = new FindingSets(prompts, models).named();
  }

  /** All that can be asked for. */
  public FindingSets findings() {
    return new FindingSets(prompts, models);
  }

  /** The same with sets of findings that can be asked for by name. */
  public ServingConfig withModels(Map<String, FindingSet> named) {
    return new ServingConfig(
        store,
        line,
        policy,
        prompts,
        host,
        port,
        batches,
        maxBodyBytes,
        steering,
        precision,
        named,
        access);
  }

  /** Any line, the newest checkpoint, the built-in findings, loopback only, port 8080. */
  public static ServingConfig of(Path store) {
    return new ServingConfig(
        store,
        Optional.empty(),
        new NewestWins(),
        PromptSet.builtIn(),
        "127.0.0.1",
        8080,
        BatchLimits.DEFAULT,
        DEFAULT_MAX_BODY_BYTES);
  }

  /** The same, open to who reaches it, which has to be this machine. */
  public ServingConfig(
      Path store,
      Optional<String> line,
      ServingPolicy policy,
      PromptSet prompts,
      String host,
      int port,
      BatchLimits batches,
      long maxBodyBytes) {
    this(store, line, policy, prompts, host, port, batches, maxBodyBytes, AccessConfig.open());
  }

  /** Steered as is usual, in float32, without sets of findings that have names. */
  public ServingConfig(
      Path store,
      Optional<String> line,
      ServingPolicy policy,
      PromptSet prompts,
      String host,
      int port,
      BatchLimits batches,
      long maxBodyBytes,
      AccessConfig access) {
    this(
        store,
        line,
        policy,
        prompts,
        host,
        port,
        batches,
        maxBodyBytes,
        SteeringConfig.of(line),
        Precision.FLOAT32,
        Map.of(),
        access);
  }

  /** The same on another port; 0 for any free one. */
  public ServingConfig withPort(int other) {
    return new ServingConfig(
        store,
        line,
        policy,
        prompts,
        host,
        other,
        batches,
        maxBodyBytes,
        steering,
        precision,
        models,
        access);
  }

  /** The same, steered in another way. */
  public ServingConfig withSteering(SteeringConfig other) {
    return new ServingConfig(
        store,
        line,
        policy,
        prompts,
        host,
        port,
        batches,
        maxBodyBytes,
        other,
        precision,
        models,
        access);
  }

  /** The same in other numbers. */
  public ServingConfig withPrecision(Precision other) {
    return new ServingConfig(
        store,
        line,
        policy,
        prompts,
        host,
        port,
        batches,
        maxBodyBytes,
        steering,
        other,
        models,
        access);
  }
}
