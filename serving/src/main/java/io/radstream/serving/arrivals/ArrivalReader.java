package io.radstream.serving.arrivals;

import io.radstream.radiology.study.StudyViews;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import io.radstream.schemas.ViewedStudy;
import io.radstream.serving.pictures.ViewPictures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the views of studies off a topic, whatever stands there. */
final class ArrivalReader {

  private static final long UNKNOWN = -1;

  /**
   * What is wanted of a record.
   *
   * @param arrivedAt empty where that is now
   */
  private record Content(
      String studyId, long revision, List<View> views, Optional<Instant> arrivedAt) {}

  private final Function<ConsumerRecord<byte[], byte[]>, Decoded<Content>> content;
  private final InstantSource clock;

  private ArrivalReader(
      Function<ConsumerRecord<byte[], byte[]>, Decoded<Content>> content, InstantSource clock) {
    this.content = content;
    this.clock = clock;
  }

  /** Of studies as they come; they arrived when their record says. */
  static ArrivalReader live(KafkaConnection connection, InstantSource clock) {
    return new ArrivalReader(
        content(
            connection,
            ViewedStudy.class,
            study ->
                new Content(
                    study.getStudyId(),
                    study.getRevision(),
                    study.getViews(),
                    Optional.of(study.getArrivedAt()))),
        clock);
  }

  /**
   * Of studies that came long ago; they arrive when they are read.
   *
   * @param topic {@link Topic#STUDIES_VIEWS} or one of tuples
   */
  static ArrivalReader again(KafkaConnection connection, Topic topic, InstantSource clock) {
    return new ArrivalReader(
        topic == Topic.STUDIES_VIEWS
            ? content(
                connection,
                ViewedStudy.class,
                study ->
                    new Content(
                        study.getStudyId(),
                        study.getRevision(),
                        study.getViews(),
                        Optional.empty()))
            : content(
                connection,
                StudyTuple.class,
                study ->
                    new Content(
                        study.getStudyId(),
                        study.getRevision(),
                        study.getViews(),
                        Optional.empty())),
        clock);
  }

  private static <T extends SpecificRecord>
      Function<ConsumerRecord<byte[], byte[]>, Decoded<Content>> content(
          KafkaConnection connection, Class<T> type, Function<T, Content> of) {
    RecordReader<T> reader = new RecordReader<>(type, connection);
    return record -> {
      Decoded<T> read = reader.read(record.topic(), record.value());
      if (read instanceof Decoded.Valid<T> valid) {
        return new Decoded.Valid<>(of.apply(valid.value()));
      }
      Decoded.Invalid<T> invalid = (Decoded.Invalid<T>) read;
      return new Decoded.Invalid<>(invalid.reason(), invalid.message());
    };
  }

  /**
   * @throws io.radstream.schemas.RegistryUnavailableException where the registry does not answer
   */
  Arrival read(ConsumerRecord<byte[], byte[]> record) {
    RecordRef source = new RecordRef(record.topic(), record.partition(), record.offset());
    Decoded<Content> read = content.apply(record);
    if (read instanceof Decoded.Valid<Content> valid) {
      Content study = valid.value();
      return new Arrival(
          study.studyId(),
          study.revision(),
          study.views().stream().limit(StudyViews.MOST_VIEWS).map(ViewPictures::of).toList(),
          study.arrivedAt().orElseGet(clock::instant),
          source,
          Optional.empty());
    }
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return new Arrival(
        key,
        UNKNOWN,
        List.of(),
        clock.instant(),
        source,
        Optional.of(((Decoded.Invalid<Content>) read).message()));
  }
}
