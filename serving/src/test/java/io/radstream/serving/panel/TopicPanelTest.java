package io.radstream.serving.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.radiology.Sha256;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Projection;
import io.radstream.schemas.ReaderVerdict;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.StudyWithdrawn;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.View;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.UnreadableTopicException;
import io.radstream.serving.score.TestImages;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicPanelTest {

  private static final KafkaConnection CONNECTION =
      new KafkaConnection("unused:9092", "mock://topic-panel", new TopicNames("site-"));

  private final Map<Topic, List<byte[]>> topics = new EnumMap<>(Topic.class);

  /** Of records that have one. */
  private final IdentityHashMap<byte[], byte[]> keys = new IdentityHashMap<>();

  TopicPanelTest() {
    List.of(Topic.LABELS, Topic.STUDIES_WITHDRAWN, Topic.TUPLES_VALIDATION)
        .forEach(topic -> topics.put(topic, new ArrayList<>()));
  }

  private static <T extends SpecificRecord> byte[] bytes(Topic topic, Class<T> type, T value) {
    return RecordSerde.of(type, CONNECTION)
        .serializer()
        .serialize(CONNECTION.topics().of(topic), value);
  }

  private void label(String study, Map<String, Double> labels) {
    topics
        .get(Topic.LABELS)
        .add(
            bytes(
                Topic.LABELS,
                LabelledStudy.class,
                LabelledStudy.newBuilder()
                    .setId(study)
                    .setSource("test")
                    .setLabels(labels)
                    .build()));
  }

  private void verdict(String study, String finding, double value) {
    ReaderVerdict said = new ReaderVerdict("anna", Instant.EPOCH, "an id", 1L, List.of());
    topics
        .get(Topic.LABELS)
        .add(
            bytes(
                Topic.LABELS,
                LabelledStudy.class,
                new LabelledStudy(study, "reader", Map.of(finding, value), List.of(), said)));
  }

  private void tuple(String study, int revision, List<byte[]> images) {
    List<View> views = new ArrayList<>();
    for (byte[] image : images) {
      views.add(
          View.newBuilder()
              .setViewId(Sha256.of(image))
              .setProjection(Projection.PA)
              .setEncoding(PixelEncoding.PNG)
              .setPixels(ByteBuffer.wrap(image))
              .setWidth(32)
              .setHeight(32)
              .setOriginalWidth(32)
              .setOriginalHeight(32)
              .setSha256(Sha256.of(image))
              .build());
    }
    StudyTuple tuple =
        StudyTuple.newBuilder()
            .setStudyId(study)
            .setPatientId("patient of " + study)
            .setRevision(revision)
            .setViews(views)
            .setSelection(views.isEmpty() ? List.of() : List.of(0, 0, 0))
            .setTokens(List.of())
            .setTokenizer("")
            .setSections(List.of())
            .setOrigins(List.of())
            .build();
    topics
        .get(Topic.TUPLES_VALIDATION)
        .add(bytes(Topic.TUPLES_VALIDATION, StudyTuple.class, tuple));
  }

  private void withdraw(String study) {
    topics
        .get(Topic.STUDIES_WITHDRAWN)
        .add(
            bytes(
                Topic.STUDIES_WITHDRAWN,
                StudyWithdrawn.class,
                StudyWithdrawn.newBuilder()
                    .setStudyId(study)
                    .setReason("asked")
                    .setTime(Instant.EPOCH)
                    .setSeen(List.of())
                    .build()));
  }

  /** As something else may write it. */
  private void withdrawUnreadably(String study) {
    byte[] value = {1, 2, 3};
    keys.put(value, study.getBytes(StandardCharsets.UTF_8));
    topics.get(Topic.STUDIES_WITHDRAWN).add(value);
  }

  private Panel read(long from, long to) throws UnusablePanelException {
    return TopicPanel.read(
        new Held(), CONNECTION, List.of(new OffsetRange(0, from, to)), Optional.empty());
  }

  @Test
  void shouldJoinTuplesOfTheRangeWithTheirLabels() throws Exception {
    tuple("before", 1, List.of(TestImages.white()));
    tuple("a", 1, List.of(TestImages.white(), TestImages.black()));
    tuple("b", 1, List.of(TestImages.black()));
    tuple("unlabelled", 1, List.of(TestImages.black()));
    tuple("after", 1, List.of(TestImages.black()));
    List.of("before", "a", "after").forEach(study -> label(study, Map.of("effusion", 1.0)));
    label("b", Map.of("effusion", 1.0, "nodule", 1.0));
    label("b", Map.of("effusion", 0.0));
    topics.get(Topic.LABELS).add(new byte[] {1, 2, 3});

    Panel panel = read(1, 4);

    assertThat(panel.studies()).extracting(PanelStudy::id).containsExactly("a", "b");
    assertThat(panel.studies().get(0).patient()).isEqualTo("patient of a");
    assertThat(panel.studies().get(0).views().received())
        .containsExactly(TestImages.white(), TestImages.black());
    assertThat(panel.studies().get(1).labels())
        .isEqualTo(Map.of("effusion", false, "nodule", true));
  }

  @Test
  void shouldJudgeByNothingThatAReaderSaidOfAScore() throws Exception {
    List.of("a", "b", "said").forEach(study -> tuple(study, 1, List.of(TestImages.white())));
    label("a", Map.of("effusion", 1.0));
    label("b", Map.of("effusion", 0.0));
    verdict("b", "effusion", 1);
    verdict("said", "effusion", 1);

    Panel panel = read(0, 3);

    assertThat(panel.studies()).extracting(PanelStudy::id).containsExactly("a", "b");
    assertThat(panel.studies().get(1).labels()).isEqualTo(Map.of("effusion", false));
  }

  @Test
  void shouldTakeTheNewestRevisionAndNothingThatIsWithdrawn() throws Exception {
    tuple("a", 2, List.of(TestImages.white(), TestImages.black()));
    tuple("a", 1, List.of(TestImages.white()));
    tuple("b", 1, List.of(TestImages.black()));
    tuple("emptied", 1, List.of(TestImages.black()));
    tuple("emptied", 2, List.of());
    tuple("withdrawn", 1, List.of(TestImages.black()));
    List.of("a", "emptied", "withdrawn").forEach(study -> label(study, Map.of("effusion", 1.0)));
    label("b", Map.of("effusion", 0.0));
    withdraw("withdrawn");

    Panel panel = read(0, 6);

    assertThat(panel.studies()).extracting(PanelStudy::id).containsExactly("a", "b");
    assertThat(panel.studies().get(0).views().received()).hasSize(2);
  }

  @Test
  void shouldLeaveOutAStudyWhoseWithdrawalCannotBeRead() throws Exception {
    List.of("a", "b", "withdrawn").forEach(study -> tuple(study, 1, List.of(TestImages.white())));
    List.of("a", "withdrawn").forEach(study -> label(study, Map.of("effusion", 1.0)));
    label("b", Map.of("effusion", 0.0));
    withdrawUnreadably("withdrawn");

    Panel panel = read(0, 3);

    assertThat(panel.studies()).extracting(PanelStudy::id).containsExactly("a", "b");
  }

  @Test
  void shouldSayWhereAPictureCannotBeRead() {
    tuple("a", 1, List.of(TestImages.white()));
    tuple("b", 1, List.of(new byte[] {1, 2, 3}));
    label("a", Map.of("effusion", 1.0));
    label("b", Map.of("effusion", 0.0));

    assertThatThrownBy(() -> read(0, 2))
        .isInstanceOf(UnusablePanelException.class)
        .hasMessageStartingWith("partition 0, offset 1: view 1: ");
  }

  @Test
  void shouldSayThatTheRangeIsGone() {
    tuple("a", 1, List.of(TestImages.white()));
    label("a", Map.of("effusion", 1.0));

    assertThatThrownBy(() -> read(0, 5))
        .isInstanceOf(UnreadableTopicException.class)
        .hasMessageContaining(
            "does not hold the offsets 0 to 5 that are to be read: it holds 0 to 1");
  }

  @Test
  void shouldSayThatNothingIsLabelled() {
    tuple("a", 1, List.of(TestImages.white()));

    assertThatThrownBy(() -> read(0, 1))
        .isInstanceOf(UnusablePanelException.class)
        .hasMessageContaining("has a label");
  }

  /** Consumers of what is held here. */
  private final class Held implements KafkaClients {

    @Override
    public Consumer<byte[], byte[]> consumer() {
      MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
      Node node = new Node(0, "unused", 9092);
      topics.forEach(
          (topic, values) -> {
            String name = CONNECTION.topics().of(topic);
            TopicPartition partition = new TopicPartition(name, 0);
            consumer.updatePartitions(
                name,
                List.of(new PartitionInfo(name, 0, node, new Node[] {node}, new Node[] {node})));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, (long) values.size()));
          });
      consumer.schedulePollTask(
          () -> consumer.assignment().forEach(partition -> addRecords(consumer, partition)));
      return consumer;
    }

    private void addRecords(MockConsumer<byte[], byte[]> consumer, TopicPartition partition) {
      topics.forEach(
          (topic, values) -> {
            if (CONNECTION.topics().of(topic).equals(partition.topic())) {
              for (int i = (int) consumer.position(partition); i < values.size(); i++) {
                consumer.addRecord(
                    new ConsumerRecord<>(
                        partition.topic(), 0, i, keys.get(values.get(i)), values.get(i)));
              }
            }
          });
    }

    @Override
    public Producer<String, byte[]> producer() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Producer<String, byte[]> transactionalProducer(String id) {
      throw new UnsupportedOperationException();
    }
  }
}
