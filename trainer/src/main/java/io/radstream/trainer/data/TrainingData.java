package io.radstream.trainer.data;

import io.radstream.model.config.ModelConfig;
import io.radstream.model.objective.ObjectiveList;
import io.radstream.objects.ClaimedObjects;
import io.radstream.radiology.image.ModelInput;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.Topic;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.ReportMirroring;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.augment.ViewCounts;
import io.radstream.trainer.augment.ViewSource;
import io.radstream.trainer.augment.ViewStore;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.Assembling;
import io.radstream.trainer.feed.BatchAssembly;
import io.radstream.trainer.feed.BatchFeed;
import io.radstream.trainer.feed.Drafts;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.feed.Studies;
import io.radstream.trainer.feed.StudyCache;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.TupleReaders;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The studies of a run, on their way from the topics to the network. */
public final class TrainingData implements AutoCloseable {

  private static final long MEGABYTE = 1024 * 1024;

  /**
   * Validation reads few studies, and now and then: one part of so many of the cache is for them.
   */
  private static final int VALIDATION_SHARE = 4;

  /** Workers that decode what one reader reads. */
  private static final int WORKERS_FED = 4;

  private static final int MOST_READERS = 4;

  private final RunBasis basis;
  private final RunConfig config;
  private final RunStudies studies;
  private final Predicate<String> withdrawn;
  private final PhaseTimes times;
  private final Optional<ViewStore> store;
  private final StudyDecoder decoder;
  private final Augmenter augmenter;
  private final ExecutorService workers;
  private final Map<String, StudyCache> train = new LinkedHashMap<>();
  private final Map<String, StudyCache> validation = new LinkedHashMap<>();

  /**
   * @param withdrawn by study id
   * @param originals where pictures at full resolution are read; empty where nobody has said
   * @param times is told what the workers spend their time on
   * @throws io.radstream.trainer.config.InvalidConfigException where the settings want such, and
   *     nobody has said where they are
   */
  public TrainingData(
      RunBasis basis,
      RunStudies studies,
      Predicate<String> withdrawn,
      Optional<ClaimedObjects> originals,
      PhaseTimes times) {
    this.basis = basis;
    this.config = basis.config();
    this.studies = studies;
    this.withdrawn = withdrawn;
    this.times = times;
    ModelConfig model = config.model();
    ModelInput input = new ModelInput(model.radiograph().imageSize());
    ViewSource views = ViewSource.of(config, originals, withdrawn);
    this.store = store(config.data(), input.resizedSide());
    this.decoder =
        new StudyDecoder(
            input, model.report().maxTokens(), model.text().maxTokens(), times, store, views);
    this.augmenter =
        new Augmenter(
            basis.dataSeed(),
            config.augmentation(),
            input,
            mirroring(),
            ObjectiveList.companions(model));
    this.workers = Executors.newFixedThreadPool(config.data().workers(), TrainingData::daemon);
    studies.parts().forEach(part -> open(part.source()));
  }

  private ReportMirroring mirroring() {
    if (basis.start().arrangement() == Arrangement.OFFSETS) {
      return new ReportMirroring.ByTokenIds(
          basis.tokenizers().decoder().vocabulary(), basis.tokenizers().encoder().vocabulary());
    }
    return studies.labels().canMirror()
        ? new ReportMirroring.AsStaged()
        : new ReportMirroring.Never();
  }

  private static Optional<ViewStore> store(RunConfig.Data data, int side) {
    if (data.viewCache().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ViewStore.open(Path.of(data.viewCache()), data.viewCacheMegabytes() * MEGABYTE, side));
    } catch (IOException e) {
      throw new TrainingException("data.viewCache cannot be used: " + e, e);
    }
  }

  private void open(SourceTopics source) {
    long cache = config.data().cacheMegabytes() * MEGABYTE / studies.parts().size();
    long forValidation = cache / VALIDATION_SHARE;
    int readers = Math.max(1, Math.min(MOST_READERS, config.data().workers() / WORKERS_FED));
    train.put(source.name(), cache(source, Topic.TUPLES_TRAIN, readers, cache - forValidation));
    validation.put(source.name(), cache(source, Topic.TUPLES_VALIDATION, 1, forValidation));
  }

  private StudyCache cache(SourceTopics source, Topic topic, int readers, long bytes) {
    return new StudyCache(
        TupleReaders.open(source.clients(), source.connection(), topic, readers),
        decoder,
        times,
        bytes);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "batch-worker");
    thread.setDaemon(true);
    return thread;
  }

  public RunStudies studies() {
    return studies;
  }

  public List<SourceRange> ranges() {
    return studies.ranges();
  }

  /** How batches of these studies are put together. */
  public BatchAssembly assembly() {
    return new BatchAssembly(augmenter, studies.labels(), config.compute().shards(), times);
  }

  /** Who puts them together. */
  public ExecutorService workers() {
    return workers;
  }

  /**
   * Batches that the ledger has, then those that follow.
   *
   * @param retaken steps, in order
   * @param step that the line has behind it where the ledger ends
   * @param position where reading a source goes on behind the ledger
   * @param assembling makes the batches
   */
  public BatchFeed feed(
      Iterator<StepRecord> retaken,
      long step,
      Function<String, SourcePosition> position,
      Assembling assembling) {
    Studies ahead = ahead(assembling::soon);
    return feed(
        new LedgerDrafts(retaken, ahead, LedgerDrafts::reads)
            .then(new RunDrafts(basis, studies, ahead).behind(step, position)),
        assembling);
  }

  /**
   * Batches that the ledger has.
   *
   * @param reads where the studies of a step are
   */
  public BatchFeed replay(Iterator<StepRecord> steps, Function<StepRecord, List<Read>> reads) {
    Assembling whole = assembly().by(workers);
    return feed(new LedgerDrafts(steps, ahead(whole::soon), reads), whole);
  }

  /** Studies to learn from, read and decoded ahead of their use. */
  public Studies ahead() {
    return ahead((source, group) -> {});
  }

  private Studies ahead(BiConsumer<String, Collection<TupleRef>> told) {
    return new Studies(train, workers, augmenter::decode, withdrawn, basis.check().needed(), told);
  }

  private BatchFeed feed(Drafts drafts, Assembling assembling) {
    return new BatchFeed(drafts, assembling, config.data().prefetch());
  }

  public ValidationStudies validation() {
    List<ValidationStudies.Part> parts = new ArrayList<>();
    int most = config.validation().maxStudies() / studies.parts().size();
    for (RunStudies.Part part : studies.parts()) {
      parts.add(
          new ValidationStudies.Part(
              validation.get(part.source().name()),
              part.validation().usable().stream().limit(most).toList()));
    }
    return new ValidationStudies(
        parts, augmenter, studies.labels().forJudging(), withdrawn, config.batch());
  }

  /** Studies to learn from, each by itself. */
  public SingleStudies singles() {
    return new SingleStudies(train, augmenter, studies.labels(), withdrawn);
  }

  public long unreadableViews() {
    return decoder.unreadable();
  }

  /** By where they were had; empty where the settings want no originals. */
  public Optional<ViewCounts> viewCounts() {
    return decoder.counts();
  }

  @Override
  public void close() {
    workers.shutdownNow();
    train.values().forEach(StudyCache::close);
    validation.values().forEach(StudyCache::close);
    store.ifPresent(ViewStore::close);
  }
}
