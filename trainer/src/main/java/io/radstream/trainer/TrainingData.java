package io.radstream.trainer;

import io.radstream.model.ModelConfig;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizers;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.StudyDecoder;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.feed.BatchFeed;
import io.radstream.trainer.feed.StudyCache;
import io.radstream.trainer.feed.TrainingBatches;
import io.radstream.trainer.kafka.KafkaClients;
import io.radstream.trainer.tuples.BatchOrder;
import io.radstream.trainer.tuples.TupleIndex;
import io.radstream.trainer.tuples.TupleReader;
import java.util.List;

/** The studies of a run, on their way from the topics to the network. */
final class TrainingData implements AutoCloseable {

  private static final long MEGABYTE = 1024 * 1024;

  private final StartPoint start;
  private final RunConfig config;
  private final RunStudies studies;
  private final StudyDecoder decoder;
  private final Augmenter augmenter;
  private final BatchOrder order;
  private final StudyCache trainStudies;
  private final StudyCache validationStudies;

  TrainingData(
      KafkaClients clients,
      KafkaConnection connection,
      RunConfig config,
      ReportTokenizers tokenizers,
      StartPoint start,
      RunStudies studies) {
    this.start = start;
    this.config = config;
    this.studies = studies;
    ModelInput input = new ModelInput(config.model().radiograph().imageSize());
    long seed = start.dataSeed(config.seed());
    ModelConfig model = config.model();
    this.decoder = new StudyDecoder(input, model.report().maxTokens(), model.text().maxTokens());
    this.augmenter =
        new Augmenter(
            seed,
            config.augmentation(),
            input,
            tokenizers.decoder().vocabulary(),
            tokenizers.encoder().vocabulary());
    this.order = new BatchOrder(seed, studies.train().refs(), config.batch());
    long cache = config.data().cacheMegabytes() * MEGABYTE;
    this.trainStudies =
        new StudyCache(TupleReader.open(clients, connection, Topic.TUPLES_TRAIN), decoder, cache);
    this.validationStudies =
        new StudyCache(
            TupleReader.open(clients, connection, Topic.TUPLES_VALIDATION), decoder, cache);
  }

  RunStudies studies() {
    return studies;
  }

  /** Where the step, counted over the line, reads. */
  BatchOrder.Place place(long step) {
    return order.place(step - start.firstStep());
  }

  BatchFeed feed() {
    return new BatchFeed(
        step ->
            new TrainingBatches(order, trainStudies, augmenter, studies.labels(), config.batch())
                .make(step - start.firstStep()),
        start.step(),
        config.schedule().steps(),
        config.data().workers(),
        config.data().prefetch());
  }

  Validator validator() {
    TupleIndex validation = studies.validation();
    int count = Math.min(validation.size(), config.validation().maxStudies());
    return new Validator(
        validationStudies,
        augmenter,
        List.copyOf(validation.refs().subList(0, count)),
        config.batch(),
        studies.labels(),
        config.model());
  }

  long unreadableViews() {
    return decoder.unreadable();
  }

  @Override
  public void close() {
    trainStudies.close();
    validationStudies.close();
  }
}
