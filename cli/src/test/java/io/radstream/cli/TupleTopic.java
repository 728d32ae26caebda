package io.radstream.cli;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Made-up studies on a real topic, and settings of a network that learns them in no time. */
public final class TupleTopic {

  private static final List<String> REPORTS =
      List.of("small left pleural effusion", "small right pleural effusion", "lungs are clear");

  private TupleTopic() {}

  /** The same cluster, further topics. */
  static KafkaConnection prefixed(KafkaConnection cluster, String prefix) {
    return new KafkaConnection(
        cluster.bootstrap(),
        cluster.registry(),
        new TopicNames(cluster.topics().prefix() + prefix));
  }

  /** Knows the words of the reports. */
  public static Path tokenizer(Path directory) throws IOException {
    byte[] json =
        WordPieceTrainer.train(
            REPORTS.stream()
                .flatMap(report -> IntStream.range(0, 3).mapToObj(i -> report))
                .iterator(),
            WordPieceTrainer.Options.DEFAULT);
    return Files.write(directory.resolve("tokenizer.json"), json);
  }

  /** Arguments of the train command. */
  public static List<String> train(KafkaConnection connection, Path tokenizer, Path store) {
    return List.of(
        "train", "--json",
        "--bootstrap", connection.bootstrap(),
        "--registry", connection.registry(),
        "--topic-prefix", connection.topics().prefix(),
        "--tokenizer", tokenizer.toString(),
        "--store", store.toString(),
        "--threads", "1",
        "--set", "batch=8",
        "--set", "schedule.warmup=0",
        "--set", "model.radiograph={imageSize: 16, width: 16, layers: 1, heads: 2}",
        "--set", "model.report={width: 16, layers: 1, heads: 2, mlp: 32}",
        "--set", "model.text={width: 16, layers: 1, heads: 2, mlp: 32}");
  }

  /** As the stage writes them: in transactions, one of them aborted. */
  public static void publish(KafkaConnection connection, Topic topic, Path tokenizerFile, int count)
      throws IOException {
    publish(connection, topic, tokenizerFile, count, 5);
  }

  /**
   * @param size of a transaction, in tuples
   */
  static void publish(
      KafkaConnection connection, Topic topic, Path tokenizerFile, int count, int size)
      throws IOException {
    Map<String, Object> config = connection.producerConfig();
    config.put("transactional.id", connection.topics().of(topic));
    try (ReportTokenizer tokenizer = ReportTokenizer.load(tokenizerFile);
        RecordSerde<StudyTuple> serde = RecordSerde.of(StudyTuple.class, connection);
        KafkaProducer<String, StudyTuple> producer =
            new KafkaProducer<>(config, new StringSerializer(), serde.serializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, connection.topics().of(topic), tuple("aborted", 0, tokenizer));
      producer.flush();
      producer.abortTransaction();
      for (int i = 0; i < count; i++) {
        if (i % size == 0) {
          producer.beginTransaction();
        }
        send(producer, connection.topics().of(topic), tuple("study-" + i, i, tokenizer));
        if (i % size == size - 1 || i == count - 1) {
          producer.commitTransaction();
        }
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the end of the transaction tells of a failure
  private static void send(
      KafkaProducer<String, StudyTuple> producer, String topic, StudyTuple tuple) {
    producer.send(new ProducerRecord<>(topic, tuple.getStudyId(), tuple));
  }

  private static StudyTuple tuple(String studyId, int number, ReportTokenizer tokenizer) {
    int finding = number % REPORTS.size();
    byte[] pixels = new byte[40 * 40];
    for (int y = 0; y < 40; y++) {
      Arrays.fill(pixels, y * 40 + finding * 12, y * 40 + finding * 12 + 10, (byte) 200);
    }
    View view =
        View.newBuilder()
            .setViewId("view")
            .setProjection(Projection.PA)
            .setEncoding(PixelEncoding.PNG)
            .setPixels(ByteBuffer.wrap(ImageEncoder.png(new GrayImage(40, 40, pixels))))
            .setWidth(40)
            .setHeight(40)
            .setOriginalWidth(40)
            .setOriginalHeight(40)
            .setSha256("unused")
            .build();
    return StudyTuple.newBuilder()
        .setStudyId(studyId)
        .setPatientId("patient")
        .setRevision(1)
        .setViews(List.of(view))
        .setSelection(List.of(0, 0, 0))
        .setTokens(Arrays.stream(tokenizer.encode(REPORTS.get(finding), 30)).boxed().toList())
        .setTokenizer(tokenizer.fingerprint())
        .setSections(List.of())
        .setOrigins(List.of())
        .build();
  }
}
