package io.radstream.serving.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.View;
import io.radstream.schemas.ViewedStudy;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.score.CheckpointContent;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.ScoredBy;
import io.radstream.serving.score.ScoredStudy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ArrivalSessionTest {

  private static final KafkaConnection CONNECTION =
      new KafkaConnection("unused:9092", "mock://arrival-session", new TopicNames(""));
  private static final TopicPartition VIEWS = new TopicPartition("studies.views", 0);

  /** Two of which are more than is held at once; more than is read of one, too. */
  private static final long LARGE = 100L << 20;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

  @Test
  void shouldCommitWhatIsScoredTogetherAndAskForMoreInBetween() {
    try (ArrivalSession session = new ArrivalSession(() -> consumer, writer(), VIEWS.topic())) {
      consumer.rebalance(List.of(VIEWS));
      consumer.updateBeginningOffsets(Map.of(VIEWS, 0L));
      arrive(0, LARGE);
      arrive(1, LARGE);
      arrive(2, LARGE);

      List<StudyScore> first = session.step();
      long behindFirst = consumer.position(VIEWS);
      arrive(1, 1);
      arrive(2, 1);
      List<StudyScore> second = session.step();

      assertThat(first).extracting(StudyScore::getStudyId).containsExactly("study-0");
      assertThat(behindFirst).isEqualTo(1);
      assertThat(second).extracting(StudyScore::getStudyId).containsExactly("study-1", "study-2");
      assertThat(producer.consumerGroupOffsetsHistory())
          .flatExtracting(Map::values)
          .containsExactly(
              Map.of(VIEWS, new OffsetAndMetadata(1)), Map.of(VIEWS, new OffsetAndMetadata(3)));
    }
  }

  private ScoreWriter writer() {
    ArrivalScoring scoring =
        new ArrivalScoring(
            new PictureReader(Optional.of(ClaimedObjects.of(List.of(), LARGE / 2))),
            () -> true,
            (views, terms) -> CompletableFuture.completedFuture(scored()),
            (scored, digests) -> "",
            time -> {},
            InstantSource.fixed(Instant.EPOCH));
    return new ScoreWriter(
        producer,
        "scores",
        ArrivalReader.live(CONNECTION, InstantSource.fixed(Instant.EPOCH)),
        scoring,
        RecordSerde.of(StudyScore.class, CONNECTION).serializer());
  }

  private static ScoredStudy scored() {
    return new ScoredStudy(
        Optional.of("study"),
        new ModelIdentity(
            "chest-1", "chest", 1, Instant.EPOCH, CheckpointContent.NONE.seeing(true)),
        Map.of("edema", 0.25),
        Map.of("edema", ScoredBy.PROMPTS),
        new float[] {1},
        1,
        List.of(0, 0, 0));
  }

  private void arrive(long offset, long originalBytes) {
    View view =
        View.newBuilder()
            .setViewId("view")
            .setProjection(Projection.PA)
            .setEncoding(PixelEncoding.PNG)
            .setPixels(ByteBuffer.wrap(new byte[] {1}))
            .setWidth(32)
            .setHeight(32)
            .setOriginalWidth(64)
            .setOriginalHeight(64)
            .setSha256("0")
            .setOriginal(
                new OriginalView("s3://bucket/key.png", originalBytes, "0", PixelEncoding.PNG))
            .build();
    ViewedStudy study = new ViewedStudy("study-" + offset, 1L, List.of(view), Instant.EPOCH);
    byte[] value =
        RecordSerde.of(ViewedStudy.class, CONNECTION).serializer().serialize(VIEWS.topic(), study);
    consumer.addRecord(new ConsumerRecord<>(VIEWS.topic(), 0, offset, new byte[0], value));
  }
}
