package io.radstream.trainer.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.checkpoints.NewerSettingsException;
import io.radstream.checkpoints.SettingsForm;
import io.radstream.model.config.Compute;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.model.config.OptimizerConfig;
import io.radstream.model.config.Reduction;
import io.radstream.radiology.CounterRandom;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything that a run is told. Written whole into every checkpoint as {@code config.json}.
 *
 * @param line model line: the checkpoints that grow out of each other
 * @param seed of everything random
 * @param threads CPU threads for one operation; another count gives other bits
 * @param batch studies in an optimizer step
 * @param model shape of the network
 * @param optimizer momentum, weight decay, clipping
 * @param compute precision and micro-batches
 * @param initial public weights that a new line starts from; ignored where the line goes on
 * @param schedule learning rates and number of steps
 * @param augmentation how training images are varied
 * @param validation when and on how much to validate
 * @param checkpoint when to write checkpoints and which to keep
 * @param data how tuples are awaited, fetched and held
 * @param labels which labels are learned from
 * @param sources hospitals to read; empty for the run's own topics
 * @param follow whether the run goes on with what arrives
 * @param drift how a following run watches the incoming studies
 * @param ledger what else stands on the ledger
 * @param metricsEvery steps between two records on the metrics topic
 */
public record RunConfig(
    String line,
    long seed,
    int threads,
    int batch,
    ModelConfig model,
    OptimizerConfig optimizer,
    Compute compute,
    InitialWeights initial,
    Schedule schedule,
    Augmentation augmentation,
    Validation validation,
    Checkpoints checkpoint,
    Data data,
    LabelRules labels,
    List<SourceConfig> sources,
    Follow follow,
    Drift drift,
    Ledger ledger,
    int metricsEvery) {

  private static final Pattern LINE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();
  private static final ObjectMapper LENIENT =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public RunConfig {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(compute, "compute");
    Objects.requireNonNull(initial, "initial");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(augmentation, "augmentation");
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(labels, "labels");
    Objects.requireNonNull(follow, "follow");
    Objects.requireNonNull(ledger, "ledger");
    sources = List.copyOf(sources);
    require(
        sources.stream().map(SourceConfig::name).distinct().count() == sources.size(),
        "sources (each name once)",
        sources.stream().map(SourceConfig::name).toList());
    require(
        line != null && LINE.matcher(line).matches(),
        "line (letters, digits, '.', '_', '-'; at most 64, the first a letter or digit)",
        line);
    require(threads > 0, "threads (at least 1)", threads);
    require(batch > 1, "batch (at least 2: the contrastive loss compares studies)", batch);
    require(
        batch % compute.shards() == 0 && batch / compute.shards() > 0,
        "batch (as many studies in each of %d shards)".formatted(compute.shards()),
        batch);
    require(
        checkpoint.best() == Best.LOSS || model.objectives().labels() > 0,
        "checkpoint.best (AUC where model.objectives.labels is above 0)",
        checkpoint.best());
    require(
        labels.studies() == LabelRules.Studies.ALL
            || (model.objectives().labels() > 0 && !follow.on()),
        "labels.studies (LABELLED where model.objectives.labels is above 0 and follow.on false)",
        labels.studies());
    require(metricsEvery > 0, "metricsEvery (at least 1)", metricsEvery);
    require(
        model.findings().stream().noneMatch(String::isBlank)
            && Set.copyOf(model.findings()).size() == model.findings().size(),
        "model.findings (names, each once)",
        model.findings());
  }

  /**
   * @param every steps between two validations; checkpoints are validated in any case
   * @param maxStudies studies of the validation topic to use; 0 for no validation
   */
  public record Validation(long every, int maxStudies) {

    public Validation {
      require(every > 0, "validation.every (at least 1)", every);
      require(maxStudies >= 0, "validation.maxStudies (at least 0)", maxStudies);
    }
  }

  /** By which figure of validation one checkpoint of a line is the best. */
  public enum Best {
    /** The lowest loss. */
    LOSS,
    /** The highest mean area under the ROC curve over findings. */
    AUC
  }

  /**
   * @param every steps between two checkpoints; the last step is always kept
   * @param keepLast newest checkpoints that stay
   * @param keepBest whether the best one stays as well
   * @param keepEvery of so many steps, one stays; 0 for none
   * @param best which one that is
   */
  public record Checkpoints(long every, int keepLast, boolean keepBest, long keepEvery, Best best) {

    /** Best by loss. */
    public Checkpoints(long every, int keepLast, boolean keepBest, long keepEvery) {
      this(every, keepLast, keepBest, keepEvery, Best.LOSS);
    }

    public Checkpoints {
      require(every > 0, "checkpoint.every (at least 1)", every);
      require(keepLast > 0, "checkpoint.keepLast (at least 1)", keepLast);
      require(keepEvery >= 0, "checkpoint.keepEvery (at least 0)", keepEvery);
      Objects.requireNonNull(best, "checkpoint.best");
    }
  }

  /** Which of its two pictures of a view a run learns from. */
  public enum Views {
    /** The one that was published, made smaller by its source. */
    PUBLISHED,
    /** The one at full resolution, where there is one in a store; else that which was published. */
    ORIGINAL
  }

  /**
   * None of these changes what is learned, but for the studies that a run waits for, and {@code
   * views}.
   *
   * @param minStudies studies to wait for before training starts; a batch is needed in any case,
   *     but where those with labels alone are read
   * @param workers threads that decode and augment
   * @param prefetch batches made ahead
   * @param cacheMegabytes of decoded studies held in memory
   * @param viewCache directory where decoded views are kept for later epochs and runs; empty for
   *     none
   * @param viewCacheMegabytes most that these take on disk
   * @param views which picture of a view is decoded
   */
  public record Data(
      int minStudies,
      int workers,
      int prefetch,
      int cacheMegabytes,
      String viewCache,
      int viewCacheMegabytes,
      Views views) {

    private static final int VIEW_CACHE_MEGABYTES = 65_536;

    /** Of published views, without any on disk. */
    public Data(int minStudies, int workers, int prefetch, int cacheMegabytes) {
      this(
          minStudies, workers, prefetch, cacheMegabytes, "", VIEW_CACHE_MEGABYTES, Views.PUBLISHED);
    }

    public Data {
      require(minStudies >= 0, "data.minStudies (at least 0)", minStudies);
      require(workers > 0, "data.workers (at least 1)", workers);
      require(prefetch > 0, "data.prefetch (at least 1)", prefetch);
      require(cacheMegabytes >= 0, "data.cacheMegabytes (at least 0)", cacheMegabytes);
      Objects.requireNonNull(viewCache, "data.viewCache");
      Objects.requireNonNull(views, "data.views");
      require(viewCacheMegabytes > 0, "data.viewCacheMegabytes (at least 1)", viewCacheMegabytes);
    }

    /** The same, waiting for other studies: those of another run are on other topics. */
    Data withMinStudies(int other) {
      return new Data(
          other, workers, prefetch, cacheMegabytes, viewCache, viewCacheMegabytes, views);
    }
  }

  /**
   * @param weightsEvery steps between two digests of the weights; steps with a checkpoint have one
   *     in any case
   */
  public record Ledger(int weightsEvery) {

    public Ledger {
      require(weightsEvery > 0, "ledger.weightsEvery (at least 1)", weightsEvery);
    }
  }

  /** The same for another model line. */
  public RunConfig withLine(String other) {
    return with(other, schedule, follow);
  }

  /**
   * For a line that branches off at a step: over what there is, with rates that fall to 0.
   *
   * @param step at which it begins
   * @param steps that it takes
   */
  public RunConfig branch(long step, long steps) {
    Schedule falling =
        new Schedule(
            Schedule.Shape.LINEAR,
            schedule.radiographRate(),
            schedule.textRate(),
            step,
            step + steps);
    Follow finite =
        new Follow(
            false, follow.replayRatio(), follow.replayWindow(), follow.onLag(), follow.maxLag());
    return with(line, falling, finite);
  }

  private RunConfig with(String otherLine, Schedule otherSchedule, Follow otherFollow) {
    return new RunConfig(
        otherLine,
        seed,
        threads,
        batch,
        model,
        optimizer,
        compute,
        initial,
        otherSchedule,
        augmentation,
        validation,
        checkpoint,
        data,
        labels,
        sources,
        otherFollow,
        drift,
        ledger,
        metricsEvery);
  }

  /** Fewest studies that a step learns from where a run of labels alone has no more. */
  public int leastOfABatch() {
    boolean compares = model.objectives().contrastive() > 0;
    boolean equalShards = compute.shards() > 1 || compute.reduction() == Reduction.FAST;
    return readsLabelledOnly() && !compares && !equalShards ? 1 : batch;
  }

  /**
   * Of everything random inside a step.
   *
   * @param step that the line has behind it
   */
  public long stepSeed(long step) {
    return CounterRandom.of(seed, "step", step).nextLong();
  }

  /** Whether studies without a label are passed over. */
  public boolean readsLabelledOnly() {
    return labels.studies() == LabelRules.Studies.LABELLED;
  }

  /** Whether the other run would take the same steps, given the same studies. */
  public boolean learnsLike(RunConfig other) {
    return seed == other.seed
        && threads == other.threads
        && batch == other.batch
        && model.learnsLike(other.model)
        && optimizer.equals(other.optimizer)
        && compute.equals(other.compute)
        && initial.givesLike(other.initial)
        && schedule.equals(other.schedule)
        && augmentation.equals(other.augmentation)
        && data.views() == other.data.views()
        && labels.equals(other.labels)
        && sources.equals(other.sources)
        && follow.equals(other.follow);
  }

  /** As {@code config.json}: says which form it has, and which version wrote it. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(SettingsForm.marked(JSON.valueToTree(this)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a configuration is always JSON", e);
    }
  }

  /**
   * From any form that {@code config.json} ever had.
   *
   * @throws InvalidConfigException where the text is not a configuration, or a newer version wrote
   *     it; the message says why
   */
  public static RunConfig fromJson(String json) {
    try {
      return JSON.treeToValue(newest(JSON.readTree(json)), RunConfig.class);
    } catch (JsonProcessingException e) {
      throw new InvalidConfigException("not a run configuration: " + e.getOriginalMessage(), e);
    }
  }

  static ObjectNode newest(JsonNode settings) {
    try {
      return SettingsForm.newest(settings);
    } catch (NewerSettingsException e) {
      throw new InvalidConfigException(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigException("not a run configuration: " + e.getMessage(), e);
    }
  }

  /**
   * Where a run read studies, whatever else its settings say and in whatever form, a newer one too;
   * empty for the run's own topics.
   *
   * @throws InvalidConfigException where that cannot be read
   */
  public static List<SourceConfig> sourcesOf(String json) {
    try {
      JsonNode sources = JSON.readTree(json).path("sources");
      return sources.isMissingNode()
          ? List.of()
          : List.of(LENIENT.treeToValue(sources, SourceConfig[].class));
    } catch (JsonProcessingException e) {
      throw new InvalidConfigException("no sources of a run: " + e.getOriginalMessage(), e);
    }
  }

  static void require(boolean condition, String name, Object value) {
    if (!condition) {
      throw new InvalidConfigException("configuration value out of range: " + name + " = " + value);
    }
  }
}
