package io.radstream.serving.panel;

import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.View;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.schemas.log.TopicScan;
import io.radstream.schemas.log.WithdrawnNow;
import io.radstream.serving.pictures.LostPictureException;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.ViewPictures;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A panel of ranges of {@code tuples.validation} with what {@code labels} says of these studies at
 * present. A study that was withdrawn is in no panel, and of several revisions in the ranges the
 * highest counts.
 */
public final class TopicPanel {

  private record Placed(String place, StudyTuple tuple) {}

  private final KafkaClients clients;
  private final KafkaConnection connection;
  private final Optional<ClaimedObjects> originals;

  /** Study to finding to probability; later records win, finding by finding. */
  private final Map<String, Map<String, Double>> labels = new HashMap<>();

  private final Map<String, Placed> tuples = new LinkedHashMap<>();
  private long bytes;

  private TopicPanel(
      KafkaClients clients, KafkaConnection connection, Optional<ClaimedObjects> originals) {
    this.clients = clients;
    this.connection = connection;
    this.originals = originals;
  }

  /**
   * @param originals where pictures at full resolution are read, which the panel is made of then;
   *     empty for one of published views
   * @throws UnusablePanelException where nothing can be judged on it, or a picture is not to be had
   * @throws io.radstream.schemas.log.UnreadableTopicException where a topic does not exist, or no
   *     longer holds the ranges
   */
  public static Panel read(
      KafkaClients clients,
      KafkaConnection connection,
      Collection<OffsetRange> ranges,
      Optional<ClaimedObjects> originals)
      throws UnusablePanelException {
    return new TopicPanel(clients, connection, originals).read(ranges);
  }

  private Panel read(Collection<OffsetRange> ranges) throws UnusablePanelException {
    try (TopicScan scan = scan(Topic.LABELS)) {
      scan.toEnd(reading(Topic.LABELS, LabelledStudy.class, (place, study) -> add(study)));
    }
    labels.keySet().removeAll(WithdrawnNow.of(clients, connection));
    try (TopicScan scan = scan(Topic.TUPLES_VALIDATION)) {
      scan.over(ranges, reading(Topic.TUPLES_VALIDATION, StudyTuple.class, this::add));
    }
    return panel();
  }

  private TopicScan scan(Topic topic) {
    return new TopicScan(clients.consumer(), connection.topics().of(topic));
  }

  private interface Sink<T> {
    void accept(String place, T value);
  }

  /** What cannot be read is nothing that anybody could be judged on. */
  private <T extends SpecificRecord> Consumer<ConsumerRecord<byte[], byte[]>> reading(
      Topic topic, Class<T> type, Sink<T> sink) {
    RecordReader<T> reader = new RecordReader<>(type, connection);
    String name = connection.topics().of(topic);
    return record -> {
      if (reader.read(name, record.value()) instanceof Decoded.Valid<T> valid) {
        sink.accept(
            "partition %d, offset %d".formatted(record.partition(), record.offset()),
            valid.value());
      }
    };
  }

  /** Who has seen a score is drawn to it: nothing is judged by a verdict. */
  private void add(LabelledStudy study) {
    if (study.getVerdict() != null) {
      return;
    }
    labels.computeIfAbsent(study.getId(), id -> new HashMap<>()).putAll(study.getLabels());
  }

  /** Only those with labels, and no more than a panel may hold, which its builder then refuses. */
  private void add(String place, StudyTuple tuple) {
    Placed before = tuples.get(tuple.getStudyId());
    boolean newer = before == null || before.tuple.getRevision() <= tuple.getRevision();
    if (newer && bytes <= Panel.MOST_BYTES && labels.containsKey(tuple.getStudyId())) {
      bytes += size(tuple) - (before == null ? 0 : size(before.tuple));
      tuples.put(tuple.getStudyId(), new Placed(place, tuple));
    }
  }

  private static long size(StudyTuple tuple) {
    return tuple.getViews().stream().mapToLong(view -> view.getPixels().remaining()).sum();
  }

  private Panel panel() throws UnusablePanelException {
    PanelBuilder panel = new PanelBuilder();
    for (Placed placed : tuples.values()) {
      StudyTuple tuple = placed.tuple;
      // Without a view, nothing of the study is to be used any more.
      if (!tuple.getViews().isEmpty()) {
        panel.add(
            placed.place,
            tuple.getStudyId(),
            tuple.getPatientId(),
            views(placed),
            labels.get(tuple.getStudyId()));
      }
    }
    return panel.build();
  }

  private Map<String, byte[]> views(Placed placed) throws UnusablePanelException {
    PictureReader pictures = new PictureReader(originals);
    Map<String, byte[]> views = new LinkedHashMap<>();
    for (View view : placed.tuple.getViews()) {
      try {
        List<ViewPictures> one = List.of(ViewPictures.of(view));
        views.put(view.getViewId(), pictures.of(one, originals.isPresent()).get(0));
      } catch (LostPictureException e) {
        throw new UnusablePanelException(placed.place + ": " + e.getMessage());
      }
    }
    return views;
  }
}
