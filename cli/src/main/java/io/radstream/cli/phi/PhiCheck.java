package io.radstream.cli.phi;

import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Looks for what was planted in all that came of it, and for what became of the studies. */
final class PhiCheck {

  /** Where a service says something. */
  private static final List<String> PAGES =
      List.of(
          "/",
          "/metrics",
          "/openapi.yaml",
          "/health/live",
          "/health/ready",
          "/v1/models",
          "/v1/training");

  private final Map<String, PlantedStudy> studies = new LinkedHashMap<>();
  private final Findings findings;

  PhiCheck(PlantedSite site, StudyNames names, Pseudonymizer pseudonymizer) {
    site.studies().forEach(study -> studies.put(study.key(names, pseudonymizer), study));
    this.findings = new Findings(new CanarySearch(site.canaries()));
  }

  /** All that the running service tells. */
  void pages(URI service) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (String page : PAGES) {
      HttpRequest request = HttpRequest.newBuilder(service.resolve(page)).build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      findings.page(page, answer.body());
    }
  }

  /** All records of all topics. */
  void topics(KafkaConnection connection) {
    findings.topics(connection);
    PublishedStudies published = new PublishedStudies();
    each(
        connection,
        Topic.STUDIES,
        Study.class,
        (record, study) -> {
          PlantedStudy planted = studies.get(key(record));
          if (planted != null) {
            published.leaks(planted, study, Findings.place(record)).forEach(findings::add);
          }
        });
  }

  /** Changelogs, state, checkpoints, logs: whatever lies on disk. */
  void files(Path directory) throws IOException {
    findings.files(directory);
  }

  /**
   * What became of the studies.
   *
   * @param refused what the sources did not send
   */
  Fates fates(KafkaConnection connection, Map<RejectionReason, Long> refused) {
    Set<String> tuples = new HashSet<>();
    for (Topic topic : List.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION)) {
      each(connection, topic, StudyTuple.class, (record, tuple) -> tuples.add(key(record)));
    }
    return new Fates(
        count(false, studies.keySet()),
        count(false, tuples),
        count(true, studies.keySet()),
        count(true, tuples),
        refused,
        rejected(connection, tuples));
  }

  private int count(boolean withName, Set<String> keys) {
    return (int)
        studies.entrySet().stream()
            .filter(study -> study.getValue().burned().isPresent() == withName)
            .filter(study -> keys.contains(study.getKey()))
            .count();
  }

  /**
   * What was set aside for good: what was set aside for a while is a tuple now, and one whose
   * picture was refused waits for it in vain.
   */
  private Map<RejectionReason, Long> rejected(KafkaConnection connection, Set<String> tuples) {
    Map<String, RejectionReason> last = new HashMap<>();
    each(
        connection,
        Topic.STUDIES_REJECTED,
        RejectedStudy.class,
        (record, rejected) -> last.put(key(record), rejected.getReason()));
    Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
    last.forEach(
        (key, reason) -> {
          PlantedStudy study = studies.get(key);
          boolean withName = study != null && study.burned().isPresent();
          if (!withName && !tuples.contains(key)) {
            counts.merge(reason, 1L, Long::sum);
          }
        });
    return counts;
  }

  private static <T extends SpecificRecord> void each(
      KafkaConnection connection,
      Topic topic,
      Class<T> type,
      BiConsumer<ConsumerRecord<byte[], byte[]>, T> sink) {
    String name = connection.topics().of(topic);
    RecordReader<T> reader = new RecordReader<>(type, connection);
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), name)) {
      scan.toEnd(
          record -> {
            if (reader.read(name, record.value()) instanceof Decoded.Valid<T> valid) {
              sink.accept(record, valid.value());
            }
          });
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  /** All that was found until now. */
  List<Leak> leaks() {
    return findings.all();
  }
}
