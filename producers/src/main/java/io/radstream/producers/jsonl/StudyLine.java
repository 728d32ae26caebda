package io.radstream.producers.jsonl;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.radiology.Sha256;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.ReportStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The fields of one line.
 *
 * @param study the line's own name for the study, or empty
 * @param labels finding to probability, those that are known
 */
record StudyLine(
    String patient,
    String offset,
    String study,
    Optional<Report> report,
    List<ImageEntry> images,
    Map<String, Double> labels) {

  private static final Pattern FINDING = Pattern.compile("[A-Za-z0-9 _-]{1,64}");

  /** A file name, what the line calls its view and, or empty, how it tells it from others. */
  record ImageEntry(String file, String view, String id) {}

  static StudyLine of(JsonNode line) throws BadLineException {
    if (!line.isObject()) {
      throw BadLineException.invalid("the line is not a JSON object");
    }
    String patient = scalar(line, "patient");
    if (patient.isBlank()) {
      throw BadLineException.invalid("the field \"patient\" is missing");
    }
    String study = scalar(line, "study");
    boolean mayBePart = !study.isBlank();
    return new StudyLine(
        patient,
        scalar(line, "offset"),
        study,
        mayBePart && !line.has("text") ? Optional.empty() : Optional.of(report(line)),
        mayBePart && !line.has("images") ? List.of() : images(line),
        labels(line.path("labels")));
  }

  /**
   * Of a study with a name a view is told by its id or its file, in whatever line it stands.
   *
   * @param number of the image in the line
   */
  String viewKey(ImageEntry image, int number) {
    if (!image.id().isBlank()) {
      return "id/" + image.id();
    }
    return study.isBlank() ? Integer.toString(number) : "file/" + image.file();
  }

  /**
   * Names the study. Without a name of its own it is told apart by all that the line says, so that
   * two lines about one patient on one day stay two studies, in whatever order they stand.
   */
  String studyKey() {
    if (!study.isBlank()) {
      return "jsonl/study/" + patient + '\0' + study;
    }
    StringBuilder content = new StringBuilder(report.map(Report::getText).orElse(""));
    images.forEach(image -> content.append('\0').append(image.file()));
    return "jsonl/content/" + patient + '\0' + offset + '\0' + Sha256.of(content.toString());
  }

  private static Report report(JsonNode line) throws BadLineException {
    String text = scalar(line, "text");
    if (text.isBlank()) {
      throw new BadLineException(
          RejectionReason.EMPTY_REPORT,
          "the field \"text\" is missing or empty; only a line with a \"study\" may be a part of one");
    }
    return new Report(text, status(scalar(line, "status")), version(line.path("version")), null);
  }

  private static ReportStatus status(String name) throws BadLineException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "final" -> ReportStatus.FINAL;
      case "preliminary" -> ReportStatus.PRELIMINARY;
      case "amended" -> ReportStatus.AMENDED;
      default ->
          throw BadLineException.invalid(
              "the field \"status\" is none of preliminary, final, amended");
    };
  }

  private static int version(JsonNode node) throws BadLineException {
    if (node.isMissingNode() || node.isNull()) {
      return 1;
    }
    if (!node.isInt() || node.intValue() < 1) {
      throw BadLineException.invalid("the field \"version\" is not a whole number from 1");
    }
    return node.intValue();
  }

  private static List<ImageEntry> images(JsonNode line) throws BadLineException {
    JsonNode list = line.path("images");
    if (!list.isArray() || list.isEmpty()) {
      throw new BadLineException(
          RejectionReason.NO_VIEW,
          "the field \"images\" is missing or empty; only a line with a \"study\" may be a part of one");
    }
    List<ImageEntry> images = new ArrayList<>();
    for (JsonNode image : list) {
      String file = scalar(image, "file");
      if (file.isBlank()) {
        throw BadLineException.invalid(
            "image " + (images.size() + 1) + ": the field \"file\" is missing");
      }
      images.add(new ImageEntry(file, scalar(image, "view"), scalar(image, "id")));
    }
    return images;
  }

  /** null stands for what is not known, as does a missing finding. */
  private static Map<String, Double> labels(JsonNode object) throws BadLineException {
    if (!object.isMissingNode() && !object.isNull() && !object.isObject()) {
      throw BadLineException.invalid("the field \"labels\" is not an object");
    }
    Map<String, Double> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!FINDING.matcher(entry.getKey()).matches()) {
        throw BadLineException.invalid(
            "a name in \"labels\" is not 1 to 64 letters, digits, spaces, '_' or '-'");
      }
      if (!entry.getValue().isNull()) {
        labels.put(entry.getKey(), probability(entry.getValue()));
      }
    }
    return labels;
  }

  private static double probability(JsonNode value) throws BadLineException {
    double probability = value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.asDouble(-1);
    if (!(value.isNumber() || value.isBoolean()) || !(probability >= 0 && probability <= 1)) {
      throw BadLineException.invalid("a value in \"labels\" is no number from 0 to 1");
    }
    return probability;
  }

  /** Text or a number as text; empty where the field is missing or null. */
  private static String scalar(JsonNode object, String field) throws BadLineException {
    JsonNode value = object.path(field);
    if (value.isContainerNode()) {
      throw BadLineException.invalid("the field \"" + field + "\" is not text");
    }
    return value.isNull() ? "" : value.asText();
  }
}
