package io.radstream.cli.phi;

import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
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
import java.util.Optional;
import java.util.Set;
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
  private final PublishedStudies published = new PublishedStudies();
  private final Set<String> tuples = new HashSet<>();
  private final Map<String, RejectionReason> rejected = new HashMap<>();

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
    TopicNames names = connection.topics();
    RecordReader<Study> reader = new RecordReader<>(Study.class, connection);
    RecordReader<RejectedStudy> setAside = new RecordReader<>(RejectedStudy.class, connection);
    Set<String> tupleTopics =
        Set.of(
            names.of(Topic.TUPLES_TRAIN),
            names.of(Topic.TUPLES_VALIDATION),
            names.of(Topic.TUPLES_TEST));
    AllRecords.read(
        connection,
        record -> {
          findings.record(record);
          if (tupleTopics.contains(record.topic())) {
            tuples.add(key(record));
          } else if (record.topic().equals(names.of(Topic.STUDIES))) {
            decoded(reader, record).ifPresent(study -> judge(record, study));
          } else if (record.topic().equals(names.of(Topic.STUDIES_REJECTED))) {
            decoded(setAside, record)
                .ifPresent(rejection -> rejected.put(key(record), rejection.getReason()));
          }
        });
  }

  private static <T extends SpecificRecord> Optional<T> decoded(
      RecordReader<T> reader, ConsumerRecord<byte[], byte[]> record) {
    return reader.read(record.topic(), record.value()) instanceof Decoded.Valid<T> valid
        ? Optional.of(valid.value())
        : Optional.empty();
  }

  private void judge(ConsumerRecord<byte[], byte[]> record, Study study) {
    PlantedStudy planted = studies.get(key(record));
    if (planted != null) {
      published.leaks(planted, study, Findings.place(record)).forEach(findings::add);
    }
  }

  /** Changelogs, state, checkpoints, logs: whatever lies on disk. */
  void files(Path directory) throws IOException {
    findings.files(directory);
  }

  /**
   * What became of the studies, as the topics have told.
   *
   * @param refused what the sources did not send
   */
  Fates fates(Map<RejectionReason, Long> refused) {
    return new Fates(
        count(false, studies.keySet()),
        count(false, tuples),
        count(true, studies.keySet()),
        count(true, tuples),
        refused,
        setAsideForGood());
  }

  private int count(boolean withName, Set<String> keys) {
    return (int)
        studies.entrySet().stream()
            .filter(study -> study.getValue().burned().isPresent() == withName)
            .filter(study -> keys.contains(study.getKey()))
            .count();
  }

  /**
   * What was set aside for a while is a tuple now, and a study whose picture was refused waits for
   * it in vain.
   */
  private Map<RejectionReason, Long> setAsideForGood() {
    Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
    rejected.forEach(
        (key, reason) -> {
          PlantedStudy study = studies.get(key);
          boolean withName = study != null && study.burned().isPresent();
          if (!withName && !tuples.contains(key)) {
            counts.merge(reason, 1L, Long::sum);
          }
        });
    return counts;
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  /** All that was found until now. */
  List<Leak> leaks() {
    return findings.all();
  }
}
