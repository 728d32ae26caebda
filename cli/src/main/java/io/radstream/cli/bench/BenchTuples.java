package io.radstream.cli.bench;

import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomView;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.VocabularyIds;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Tuples as the stage writes them, of phantoms, as many as are wanted. Each is its own study; the
 * same pictures come again.
 *
 * @param views of each study, all different
 * @param side of a view, in pixels
 * @param reportTokens of each report, start and end token among them
 */
record BenchTuples(int views, int side, int reportTokens, ReportTokenizer tokenizer) {

  private static final int PICTURES = 64;
  private static final String LINGER_MILLIS = "20";
  private static final String BATCH_BYTES = Integer.toString(1 << 20);

  /**
   * @param count how many more
   * @param from number of those that are there already
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback tells of a failure
  void publish(KafkaConnection connection, long from, long count) {
    String topic = connection.topics().of(Topic.TUPLES_TRAIN);
    Map<String, Object> config = connection.producerConfig();
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    List<View> pictures = pictures();
    AtomicReference<Exception> failed = new AtomicReference<>();
    try (RecordSerde<StudyTuple> serde = RecordSerde.of(StudyTuple.class, connection);
        Producer<String, StudyTuple> producer =
            new KafkaProducer<>(config, new StringSerializer(), serde.serializer())) {
      for (long i = from; i < from + count; i++) {
        StudyTuple tuple = tuple(i, pictures);
        producer.send(
            new ProducerRecord<>(topic, tuple.getStudyId(), tuple),
            (written, failure) -> failed.compareAndSet(null, failure));
      }
      producer.flush();
    }
    if (failed.get() != null) {
      throw new IllegalStateException("a tuple could not be written", failed.get());
    }
  }

  private List<View> pictures() {
    PhantomGenerator generator = new PhantomGenerator(side, PhantomGenerator.MAX_VIEWS);
    return Stream.iterate(0, study -> study + 1)
        .flatMap(study -> generator.study(1, study).views().stream())
        .limit(Math.max(PICTURES, views))
        .map(this::view)
        .toList();
  }

  private View view(PhantomView phantom) {
    return View.newBuilder()
        .setViewId("view")
        .setProjection(phantom.projection())
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(ImageEncoder.png(phantom.image())))
        .setWidth(side)
        .setHeight(side)
        .setOriginalWidth(side)
        .setOriginalHeight(side)
        .setSha256("")
        .build();
  }

  private StudyTuple tuple(long number, List<View> pictures) {
    int first = (int) (number * views % pictures.size());
    List<View> own =
        IntStream.range(0, views)
            .mapToObj(i -> pictures.get((first + i) % pictures.size()))
            .toList();
    return StudyTuple.newBuilder()
        .setStudyId("study-" + number)
        .setPatientId("patient-" + number)
        .setRevision(1)
        .setViews(own)
        .setSelection(List.of(0, Math.min(1, views - 1), Math.min(2, views - 1)))
        .setTokens(report(number))
        .setMirroredTokens(report(number))
        .setTokenizer(tokenizer.fingerprint())
        .setSections(List.of())
        .setOrigins(List.of())
        .build();
  }

  private List<Integer> report(long number) {
    VocabularyIds ids = tokenizer.vocabulary();
    CounterRandom random = CounterRandom.of(1, "report", number);
    List<Integer> tokens = new ArrayList<>(List.of(ids.start()));
    while (tokens.size() < reportTokens - 1) {
      tokens.add(random.nextInt(ids.size()));
    }
    tokens.add(ids.end());
    return tokens;
  }
}
