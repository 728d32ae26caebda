package io.radstream.producers.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.producers.dicom.web.ArchiveException.Kind;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is asked of an Orthanc by its own interface. Thread-safe. */
record OrthancClient(ArchiveClient client, URI root) {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{8}){4}");

  /**
   * @param number its place in the list of changes
   * @param id Orthanc's own name of the instance
   */
  record NewInstance(long number, String id) {}

  /**
   * @param newInstances that came after the place that was asked for, in their order
   * @param last the place of the last change on this page
   * @param done whether there is nothing after it now
   */
  record Changes(List<NewInstance> newInstances, long last, boolean done) {}

  /**
   * @param uid of the series
   * @param modality as CR
   * @param day of the study; empty where it tells none
   */
  record Series(String study, String uid, String modality, Optional<LocalDate> day) {}

  /**
   * @param sopInstanceUid of the instance
   * @param series Orthanc's own name of its series
   */
  record Instance(String sopInstanceUid, String series) {}

  /**
   * @param since the place after which to begin; 0 for all
   */
  Changes changes(long since) throws ArchiveException {
    JsonNode page = get("/changes?since=" + since + "&limit=" + client.limits().page());
    if (!page.path("Changes").isArray() || !page.path("Last").isIntegralNumber()) {
      throw new ArchiveException(
          Kind.BAD_ANSWER, "the answer is no list of changes; is it an Orthanc?");
    }
    List<NewInstance> instances = new ArrayList<>();
    for (JsonNode change : page.path("Changes")) {
      if (change.path("ChangeType").asText().equals("NewInstance")) {
        instances.add(new NewInstance(change.path("Seq").asLong(), id(change.path("ID"))));
      }
    }
    return new Changes(
        List.copyOf(instances), page.path("Last").asLong(), page.path("Done").asBoolean(true));
  }

  Instance instance(String id) throws ArchiveException {
    JsonNode instance = get("/instances/" + id);
    return new Instance(tag(instance, "SOPInstanceUID"), id(instance.path("ParentSeries")));
  }

  Series series(String id) throws ArchiveException {
    JsonNode series = get("/series/" + id);
    JsonNode study = get("/studies/" + id(series.path("ParentStudy")));
    return new Series(
        tag(study, "StudyInstanceUID"),
        tag(series, "SeriesInstanceUID"),
        tag(series, "Modality"),
        day(tag(study, "StudyDate")));
  }

  private JsonNode get(String path) throws ArchiveException {
    return client
        .get(
            URI.create(root + path),
            "application/json",
            client.limits().listBytes(),
            JsonAnswer::tree)
        .orElseThrow(() -> new ArchiveException(Kind.BAD_ANSWER, "the answer is empty"));
  }

  private static String tag(JsonNode resource, String name) {
    return resource.path("MainDicomTags").path(name).asText("").strip();
  }

  private static String id(JsonNode node) throws ArchiveException {
    String id = node.asText("");
    if (!ID.matcher(id).matches()) {
      throw new ArchiveException(
          Kind.BAD_ANSWER, "what should be Orthanc's name of something is none");
    }
    return id;
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
