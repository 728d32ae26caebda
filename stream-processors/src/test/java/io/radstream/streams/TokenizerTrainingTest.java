package io.radstream.streams;

import static io.radstream.streams.Studies.finalReport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.radiology.report.WordPieceTrainer.Options;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.Patience;
import io.radstream.schemas.log.TopicScan;
import io.radstream.streams.TokenizerTraining.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TokenizerTrainingTest {

  private static final String TOPIC = Studies.CONNECTION.topics().of(Topic.STUDIES);
  private static final Options OPTIONS = new Options(500, 1);
  private static final byte[] GARBAGE = "garbage".getBytes(StandardCharsets.UTF_8);

  @Test
  void shouldTrainOnTheFinalReportsOfAllPartitions() throws IOException {
    List<byte[]> left = List.of(bytes("s1", "FINDINGS: left effusion."), GARBAGE);
    List<byte[]> right =
        List.of(
            bytes("s2", "HISTORY: smoker. IMPRESSION: right nodule."),
            bytes("s2", "HISTORY: smoker. IMPRESSION: right nodule."),
            Studies.bytes(Studies.viewsOf("s3", 1)),
            Studies.bytes(
                Studies.reportOf(
                    "s4", Studies.report("draft words", ReportStatus.PRELIMINARY, 1))));

    Result result = train(left, right);

    assertThat(result.reports()).isEqualTo(2);
    assertThat(result.records()).isEqualTo(6);
    try (ReportTokenizer tokenizer = ReportTokenizer.of(result.json())) {
      assertThat(tokenizer.encode("effusion nodule", 10)).hasSize(4);
      // [UNK] is 1: neither another section nor a preliminary report was learned from.
      assertThat(tokenizer.encode("smoker", 10)).contains(1);
      assertThat(tokenizer.encode("draft", 10)).contains(1);
    }
  }

  @Test
  void shouldGiveTheSameTokenizerWhereverTheReportsLie() throws IOException {
    byte[] a = bytes("a", "Small left effusion.");
    byte[] b = bytes("b", "Large right effusion.");

    Result one = train(List.of(a, b), List.of());
    Result two = train(List.of(b), List.of(a, a));

    assertThat(two.json()).isEqualTo(one.json());
  }

  @Test
  void shouldReportItsProgressUpToTheEnd() throws IOException {
    List<String> steps = new ArrayList<>();
    List<byte[]> records = List.of(bytes("a", "Small left effusion."), GARBAGE, GARBAGE);

    TokenizerTraining.train(
        topic(records, List.of()), OPTIONS, (done, total) -> steps.add(done + "/" + total));

    assertThat(steps).last().isEqualTo("3/3");
  }

  @Test
  void shouldSayThatThereIsNoReport() {
    assertThatThrownBy(() -> train(List.of(GARBAGE), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(TOPIC)
        .hasMessageContaining("publish studies first");
  }

  @Test
  void shouldNotWaitForEverForABroker() {
    MockConsumer<byte[], byte[]> nobody =
        new MockConsumer<>("none") {
          @Override
          public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
            throw new TimeoutException("no broker");
          }
        };
    MockConsumer<byte[], byte[]> silent = consumer(List.of(GARBAGE), List.of());
    silent.updateEndOffsets(Map.of(new TopicPartition(TOPIC, 0), 2L));

    assertThatThrownBy(() -> TokenizerTraining.train(topic(nobody), OPTIONS, (done, total) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(TOPIC)
        .hasMessageContaining("the broker does not answer");
    assertThatThrownBy(() -> TokenizerTraining.train(topic(silent), OPTIONS, (done, total) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(TOPIC + "-0 offset 1")
        .hasMessageContaining("is the broker up?");
  }

  private static byte[] bytes(String id, String report) {
    return Studies.bytes(Studies.reportOf(id, finalReport(report)));
  }

  private static Result train(List<byte[]> first, List<byte[]> second) throws IOException {
    return TokenizerTraining.train(topic(first, second), OPTIONS, (done, total) -> {});
  }

  /** A topic of two partitions. */
  private static TopicReports topic(List<byte[]> first, List<byte[]> second) {
    return topic(consumer(first, second));
  }

  private static TopicReports topic(MockConsumer<byte[], byte[]> consumer) {
    Patience patience = new Patience(Optional.of(Patience.LIMIT), time -> {});
    return new TopicReports(
        new TopicScan(consumer, TOPIC, patience),
        new RecordReader<>(Study.class, Studies.CONNECTION),
        TOPIC);
  }

  private static MockConsumer<byte[], byte[]> consumer(List<byte[]> first, List<byte[]> second) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    List<List<byte[]>> partitions = Arrays.asList(first, second);
    List<PartitionInfo> infos = new ArrayList<>();
    Map<TopicPartition, Long> begins = new HashMap<>();
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (int p = 0; p < partitions.size(); p++) {
      infos.add(new PartitionInfo(TOPIC, p, null, null, null));
      begins.put(new TopicPartition(TOPIC, p), 0L);
      ends.put(new TopicPartition(TOPIC, p), (long) partitions.get(p).size());
    }
    consumer.updatePartitions(TOPIC, infos);
    consumer.updateBeginningOffsets(begins);
    consumer.updateEndOffsets(ends);
    consumer.schedulePollTask(
        () -> {
          for (int p = 0; p < partitions.size(); p++) {
            for (int i = 0; i < partitions.get(p).size(); i++) {
              consumer.addRecord(new ConsumerRecord<>(TOPIC, p, i, null, partitions.get(p).get(i)));
            }
          }
        });
    return consumer;
  }
}
