package io.radstream.serving.arrivals;

import io.radstream.radiology.study.StudyViews;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.View;
import io.radstream.schemas.ViewedStudy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of {@code studies.views}, whatever stands there. */
final class ArrivalReader {

  private static final long UNKNOWN = -1;

  private final RecordReader<ViewedStudy> reader;

  ArrivalReader(RecordReader<ViewedStudy> reader) {
    this.reader = reader;
  }

  /**
   * @throws io.radstream.schemas.RegistryUnavailableException where the registry does not answer
   */
  Arrival read(ConsumerRecord<byte[], byte[]> record) {
    RecordRef source = new RecordRef(record.topic(), record.partition(), record.offset());
    Decoded<ViewedStudy> decoded = reader.read(record.topic(), record.value());
    if (decoded instanceof Decoded.Valid<ViewedStudy> valid) {
      ViewedStudy study = valid.value();
      return new Arrival(
          study.getStudyId(),
          study.getRevision(),
          study.getViews().stream()
              .limit(StudyViews.MOST_VIEWS)
              .map(ArrivalReader::pixels)
              .toList(),
          study.getArrivedAt(),
          source,
          Optional.empty());
    }
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    return new Arrival(
        key,
        UNKNOWN,
        List.of(),
        Instant.ofEpochMilli(record.timestamp()),
        source,
        Optional.of(((Decoded.Invalid<ViewedStudy>) decoded).message()));
  }

  private static byte[] pixels(View view) {
    ByteBuffer pixels = view.getPixels().duplicate();
    byte[] image = new byte[pixels.remaining()];
    pixels.get(image);
    return image;
  }
}
