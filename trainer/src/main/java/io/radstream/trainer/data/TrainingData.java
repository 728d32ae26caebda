package io.radstream.trainer.data;

import io.radstream.model.config.ModelConfig;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.ReportMirroring;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.augment.ViewStore;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.ArrivalDrafts;
import io.radstream.trainer.feed.ArrivalStream;
import io.radstream.trainer.feed.BatchAssembly;
import io.radstream.trainer.feed.BatchFeed;
import io.radstream.trainer.feed.DraftSource;
import io.radstream.trainer.feed.EpochDrafts;
import io.radstream.trainer.feed.Read;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.feed.Studies;
import io.radstream.trainer.feed.StudyCache;
import io.radstream.trainer.kafka.Source;
import io.radstream.trainer.ledger.LedgerDrafts;
import io.radstream.trainer.timing.PhaseTimes;
import io.radstream.trainer.tuples.SourceRange;
import io.radstream.trainer.tuples.TupleCheck;
import io.radstream.trainer.tuples.TupleIndex;
import io.radstream.trainer.tuples.TupleReader;
import io.radstream.trainer.validation.Validator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;

/** The studies of a run, on their way from the topics to the network. */
public final class TrainingData implements AutoCloseable {

  private static final long MEGABYTE = 1024 * 1024;

  /**
   * Validation reads few studies, and now and then: one part of so many of the cache is for them.
   */
  private static final int VALIDATION_SHARE = 4;

  private final RunConfig config;
  private final long seed;
  private final Arrangement arrangement;
  private final RunStudies studies;
  private final Predicate<String> withdrawn;
  private final PhaseTimes times;
  private final TupleCheck check;
  private final Optional<ViewStore> store;
  private final StudyDecoder decoder;
  private final Augmenter augmenter;
  private final ExecutorService workers;
  private final Map<String, StudyCache> train = new LinkedHashMap<>();
  private final Map<String, StudyCache> validation = new LinkedHashMap<>();

  /**
   * @param start whose rules and seed make batches of the studies
   * @param withdrawn by study id
   * @param times is told what the workers spend their time on
   */
  public TrainingData(
      RunConfig config,
      ReportTokenizers tokenizers,
      StartPoint start,
      RunStudies studies,
      Predicate<String> withdrawn,
      PhaseTimes times) {
    this.config = config;
    this.seed = start.dataSeed(config.seed());
    this.arrangement = start.arrangement();
    this.studies = studies;
    this.withdrawn = withdrawn;
    this.times = times;
    this.check = TupleCheck.of(tokenizers);
    ModelInput input = new ModelInput(config.model().radiograph().imageSize());
    ModelConfig model = config.model();
    this.store = store(config.data(), input.resizedSide());
    this.decoder =
        new StudyDecoder(input, model.report().maxTokens(), model.text().maxTokens(), times, store);
    this.augmenter = new Augmenter(seed, config.augmentation(), input, mirroring(tokenizers));
    this.workers = Executors.newFixedThreadPool(config.data().workers(), TrainingData::daemon);
    studies.parts().forEach(part -> open(part.source()));
  }

  private ReportMirroring mirroring(ReportTokenizers tokenizers) {
    if (arrangement == Arrangement.OFFSETS) {
      return new ReportMirroring.ByTokenIds(
          tokenizers.decoder().vocabulary(), tokenizers.encoder().vocabulary());
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

  private void open(Source source) {
    long cache = config.data().cacheMegabytes() * MEGABYTE / studies.parts().size();
    long forValidation = cache / VALIDATION_SHARE;
    train.put(source.name(), cache(source, Topic.TUPLES_TRAIN, cache - forValidation));
    validation.put(source.name(), cache(source, Topic.TUPLES_VALIDATION, forValidation));
  }

  private StudyCache cache(Source source, Topic topic, long bytes) {
    return new StudyCache(
        TupleReader.open(source.clients(), source.connection(), topic), decoder, times, bytes);
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

  /**
   * Batches that the ledger has, then those that follow.
   *
   * @param retaken steps, in order
   * @param step that the line has behind it where the ledger ends
   * @param position where reading a source goes on behind the ledger
   */
  public BatchFeed feed(
      Iterator<StepRecord> retaken, long step, Function<String, SourcePosition> position) {
    Studies ahead = ahead();
    return feed(
        new LedgerDrafts(retaken, ahead, LedgerDrafts::reads)
            .then(following(step, position, ahead)));
  }

  /**
   * Batches that the ledger has.
   *
   * @param reads where the studies of a step are
   */
  public BatchFeed replay(Iterator<StepRecord> steps, Function<StepRecord, List<Read>> reads) {
    return feed(new LedgerDrafts(steps, ahead(), reads));
  }

  private Studies ahead() {
    return new Studies(train, workers, augmenter::decode, withdrawn);
  }

  private BatchFeed feed(DraftSource drafts) {
    return new BatchFeed(
        drafts,
        new BatchAssembly(augmenter, studies.labels(), times),
        workers,
        config.data().prefetch());
  }

  private DraftSource following(
      long step, Function<String, SourcePosition> position, Studies ahead) {
    return config.follow().on() ? arrivals(step, position, ahead) : epochs(step, position, ahead);
  }

  private DraftSource arrivals(
      long step, Function<String, SourcePosition> position, Studies ahead) {
    List<Source> sources = studies.parts().stream().map(RunStudies.Part::source).toList();
    return new ArrivalDrafts(
        seed,
        step,
        config.batch(),
        config.follow(),
        sources.stream()
            .map(
                source ->
                    new ArrivalStream(
                        position.apply(source.name()),
                        source.connection().topics().of(Topic.TUPLES_TRAIN),
                        source.clients().consumer(),
                        new RecordReader<>(StudyTuple.class, source.connection()),
                        check,
                        ahead,
                        config.follow().replayWindow(),
                        arrangement))
            .toList(),
        sources.stream().map(Source::weight).toList());
  }

  private DraftSource epochs(long step, Function<String, SourcePosition> position, Studies ahead) {
    return new EpochDrafts(
        seed,
        arrangement,
        step,
        config.batch(),
        studies.parts().stream()
            .map(
                part ->
                    new EpochDrafts.Part(
                        position.apply(part.source().name()), part.source().weight(), part.train()))
            .toList(),
        ahead,
        config.data().prefetch());
  }

  public Validator validator() {
    List<Validator.Part> parts = new ArrayList<>();
    int most = config.validation().maxStudies() / studies.parts().size();
    for (RunStudies.Part part : studies.parts()) {
      TupleIndex found = part.validation();
      parts.add(
          new Validator.Part(
              validation.get(part.source().name()), found.usable().stream().limit(most).toList()));
    }
    return new Validator(parts, augmenter, withdrawn, config.batch(), studies.labels());
  }

  public long unreadableViews() {
    return decoder.unreadable();
  }

  @Override
  public void close() {
    workers.shutdownNow();
    train.values().forEach(StudyCache::close);
    validation.values().forEach(StudyCache::close);
    store.ifPresent(ViewStore::close);
  }
}
