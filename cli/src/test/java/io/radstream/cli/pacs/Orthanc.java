package io.radstream.cli.pacs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.demo.TrainerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An Orthanc of Debian's package, in a directory of its own. */
final class Orthanc implements AutoCloseable {

  static final String USER = "radstream";
  static final String PASSWORD = "a password of the test";

  /** Nobody else has ports in this network. */
  static final int DICOM_PORT = 14242;

  private static final int HTTP_PORT = 18042;
  private static final Duration LOOK = Duration.ofMillis(200);

  private final TrainerProcess process;
  private final ObjectMapper mapper = new ObjectMapper();

  Orthanc(Path directory) throws IOException, InterruptedException {
    Path settings = directory.resolve("orthanc.json");
    Files.writeString(
        settings,
        """
        {
          "StorageDirectory": "%1$s/archive",
          "IndexDirectory": "%1$s/archive",
          "HttpPort": %2$d,
          "DicomPort": %3$d,
          "DicomAet": "ORTHANC",
          "RemoteAccessAllowed": false,
          "OverwriteInstances": true,
          "AuthenticationEnabled": true,
          "RegisteredUsers": {"%4$s": "%5$s"},
          "Plugins": ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so"],
          "DicomWeb": {"Enable": true, "Root": "/dicom-web/"}
        }
        """
            .formatted(directory, HTTP_PORT, DICOM_PORT, USER, PASSWORD));
    process =
        TrainerProcess.start(
            List.of("Orthanc", settings.toString()), directory.resolve("orthanc.log"));
    boolean up = process.reaches(this::answers, LOOK);
    assertThat(up).as(process.said()).isTrue();
  }

  URI root() {
    return URI.create("http://127.0.0.1:" + HTTP_PORT);
  }

  private boolean answers() {
    try {
      return ask(request("/system").build()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Gives a study another accession number in its place, its UIDs kept. */
  void correctAccession(String studyUid, String accession)
      throws IOException, InterruptedException {
    byte[] found = post("/tools/lookup", BodyPublishers.ofString(studyUid));
    String id = mapper.readTree(found).get(0).path("ID").asText();
    String change =
        """
        {"Replace": {"AccessionNumber": "%s"}, "Force": true, "Synchronous": true,
         "Keep": ["StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"]}
        """
            .formatted(accession);
    post("/studies/" + id + "/modify", BodyPublishers.ofString(change));
  }

  /** Files of the instances of a study that are of one modality. */
  List<byte[]> files(String studyUid, String modality) throws IOException, InterruptedException {
    String query =
        """
        {"Level": "Instance", "Query": {"StudyInstanceUID": "%s", "Modality": "%s"}}
        """
            .formatted(studyUid, modality);
    List<byte[]> files = new ArrayList<>();
    for (JsonNode id : mapper.readTree(post("/tools/find", BodyPublishers.ofString(query)))) {
      files.add(send(request("/instances/" + id.asText() + "/file").build()));
    }
    return files;
  }

  private byte[] post(String path, BodyPublisher body) throws IOException, InterruptedException {
    return send(request(path).POST(body).build());
  }

  private HttpRequest.Builder request(String path) {
    String pair = USER + ':' + PASSWORD;
    return HttpRequest.newBuilder(URI.create(root() + path))
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = ask(request);
    assertThat(answer.statusCode())
        .as(() -> new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return answer.body();
  }

  /** On a connection of its own: Orthanc ends one that was quiet for a second. */
  private static HttpResponse<byte[]> ask(HttpRequest request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    process.close();
  }
}
