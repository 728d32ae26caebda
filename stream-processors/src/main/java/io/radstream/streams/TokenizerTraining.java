package io.radstream.streams;

import io.radstream.radiology.report.ReportSections;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.util.function.BiConsumer;

/** Makes a tokenizer from the reports that are on the {@code studies} topic. */
public final class TokenizerTraining {

  /**
   * What came of it.
   *
   * @param json content of the tokenizer.json
   * @param reports how many reports it was made from
   * @param records how many records were read
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, to be written to a file
  public record Result(byte[] json, long reports, long records) {}

  private TokenizerTraining() {}

  /**
   * Reads the topic once, from its beginning to its end at this moment.
   *
   * @param vocabularySize most tokens, the special ones included
   * @throws IOException where the topic holds no final report, or the cluster does not answer
   */
  public static byte[] fromTopic(KafkaConnection connection, int vocabularySize)
      throws IOException {
    long minFrequency = WordPieceTrainer.Options.DEFAULT.minFrequency();
    WordPieceTrainer.Options options = new WordPieceTrainer.Options(vocabularySize, minFrequency);
    return fromTopic(connection, options, (done, total) -> {}).json();
  }

  /**
   * The same with a view of the progress.
   *
   * @param progress told how many records were read, of how many
   */
  public static Result fromTopic(
      KafkaConnection connection, WordPieceTrainer.Options options, BiConsumer<Long, Long> progress)
      throws IOException {
    try (TopicReports topic = TopicReports.open(connection)) {
      return train(topic, options, progress);
    }
  }

  static Result train(
      TopicReports topic, WordPieceTrainer.Options options, BiConsumer<Long, Long> progress)
      throws IOException {
    WordPieceTrainer trainer = new WordPieceTrainer(options);
    TopicReports.Count count =
        topic.forEach(report -> trainer.add(ReportSections.of(report).text()), progress);
    if (count.reports() == 0) {
      throw new IOException(
          "topic %s holds no final report in %d records; publish studies first"
              .formatted(topic.name(), count.records()));
    }
    return new Result(trainer.train(), count.reports(), count.records());
  }
}
