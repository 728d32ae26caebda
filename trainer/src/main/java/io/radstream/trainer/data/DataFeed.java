package io.radstream.trainer.data;

import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.config.Arrangement;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.BatchFeed;
import io.radstream.trainer.feed.SourcePosition;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.timing.Phase;
import io.radstream.trainer.timing.PhaseTimes;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The batches of a run over a finite range, without the run: nothing is learned and nothing
 * written. Shows what the way from the topics to the network can carry. For one thread.
 */
public final class DataFeed implements AutoCloseable {

  private static final String RUN = "feed";

  private final RunStudies studies;
  private final PhaseTimes times;
  private final TrainingData data;
  private final BatchFeed feed;

  private DataFeed(RunStudies studies, PhaseTimes times, TrainingData data, BatchFeed feed) {
    this.studies = studies;
    this.times = times;
    this.data = data;
    this.feed = feed;
  }

  /**
   * Finds the studies as a new run does: reads the topics once.
   *
   * @throws IOException where a source's settings cannot be read
   * @throws IllegalStateException where the topics do not exist, or hold another tokenizer's tuples
   */
  public static DataFeed open(
      KafkaConnection connection, RunConfig config, ReportTokenizers tokenizers, Clock clock)
      throws IOException {
    StartPoint start = StartPoint.newRun(RUN, Optional.empty(), Arrangement.NEWEST);
    return open(connection, new RunBasis(config, tokenizers, start), clock);
  }

  /** Finds them as a run does that goes on from its checkpoint. */
  public static DataFeed resume(
      DataFeed earlier,
      KafkaConnection connection,
      RunConfig config,
      ReportTokenizers tokenizers,
      Clock clock)
      throws IOException {
    RunStudies found = earlier.studies;
    StartPoint start =
        new StartPoint(
            RUN,
            0,
            0,
            Origin.NONE,
            List.of(),
            Arrangement.NEWEST,
            new EarlierReads(found.ranges(), found.found()));
    return open(connection, new RunBasis(config, tokenizers, start), clock);
  }

  private static DataFeed open(KafkaConnection connection, RunBasis basis, Clock clock)
      throws IOException {
    RunStudies studies =
        new StudySearch(
                basis,
                RunSources.of(basis.config(), KafkaClients.of(connection), connection),
                SearchListener.none())
            .find(() -> false)
            .orElseThrow();
    PhaseTimes times = new PhaseTimes(clock);
    TrainingData data = new TrainingData(basis, studies, study -> false, Optional.empty(), times);
    BatchFeed feed =
        data.feed(
            Collections.emptyIterator(),
            0,
            SourcePosition::start,
            data.assembly().by(data.workers()));
    return new DataFeed(studies, times, data, feed);
  }

  /** Number of studies. */
  public int studies() {
    return studies.train();
  }

  /** The next batch; waits for it. */
  public TrainingBatch take() throws InterruptedException {
    return feed.take();
  }

  /** What the workers have spent on each phase so far, all together, in seconds. */
  public Map<Phase, Double> seconds() {
    return times.seconds();
  }

  @Override
  public void close() {
    feed.close();
    data.close();
  }
}
