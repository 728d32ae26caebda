package io.radstream.cli.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads reports, one study a line: {@code {"studyId": "...", "report": "..."}}; what else a line
 * has is left alone. Messages name lines, and nothing of what they hold.
 */
public final class ReportLines {

  private final ObjectMapper json = new ObjectMapper();

  /**
   * Each report by study, in the file's order.
   *
   * @throws IOException where the file cannot be read, or a line is no report or of a study that
   *     was there before
   */
  public Map<String, String> read(Path file) throws IOException {
    Map<String, String> reports = new LinkedHashMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String where = "%s, line %d: ".formatted(file, i + 1);
      JsonNode line = line(lines.get(i), where);
      if (!line.path("studyId").isTextual() || !line.path("report").isTextual()) {
        throw new IOException(where + "expected {\"studyId\": \"...\", \"report\": \"...\"}");
      }
      if (reports.put(line.get("studyId").asText(), line.get("report").asText()) != null) {
        throw new IOException(where + "the study was there before");
      }
    }
    return reports;
  }

  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      // Its own message has a number of bytes alone.
      throw new IOException(file + ": it is no text in UTF-8", e);
    }
  }

  private JsonNode line(String text, String where) throws IOException {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      // Its own message repeats the line.
      throw new IOException(where + "it is not JSON");
    }
  }
}
