package io.radstream.cli.phi;

import io.radstream.cli.topics.FoundRecord;
import io.radstream.cli.topics.RecordSearch;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Study;
import io.radstream.schemas.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for what was planted in all that came of it. */
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

  private final PlantedSite site;
  private final CanarySearch search;
  private final List<Leak> leaks = new ArrayList<>();

  PhiCheck(PlantedSite site) {
    this.site = site;
    this.search = new CanarySearch(site.canaries());
  }

  /** All that the running service tells. */
  void pages(URI service) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (String page : PAGES) {
      HttpRequest request = HttpRequest.newBuilder(service.resolve(page)).build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      leaks.addAll(search.in("page " + page, answer.body()));
    }
  }

  /** Topics, changelogs, state, checkpoints, logs: whatever lies on disk. */
  void files(Path directory) throws IOException {
    leaks.addAll(search.in(directory));
  }

  /** Whether a picture with a name in it is on the topic. */
  void pictures(KafkaConnection connection, StudyNames names, Pseudonymizer pseudonymizer)
      throws IOException {
    RecordSearch studies = new RecordSearch(connection, Topic.STUDIES);
    for (PlantedPatient patient : site.burned()) {
      String key;
      try {
        key = pseudonymizer.study(names.study(patient.accession(), patient.studyUid()));
      } catch (RefusedStudyException e) {
        throw new IOException(e);
      }
      boolean shown = studies.allOf(key).stream().anyMatch(PhiCheck::hasView);
      if (shown) {
        leaks.add(new Leak("a name burned into a picture", "topic studies"));
      }
    }
  }

  private static boolean hasView(FoundRecord record) {
    return record.value().orElse(null) instanceof Study study && !study.getViews().isEmpty();
  }

  /** All that was found until now. */
  List<Leak> leaks() {
    return leaks.stream().distinct().toList();
  }
}
