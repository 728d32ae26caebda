package io.radstream.producers.jsonl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The reports of a study file alone: its images need not be there. */
public final class JsonlReports {

  private final Path file;
  private final ObjectMapper mapper = new ObjectMapper();

  public JsonlReports(Path file) {
    this.file = file;
  }

  /**
   * Gives the text of each line.
   *
   * @return lines without one, blank lines aside
   * @throws IOException where the file cannot be read
   */
  public long forEach(Consumer<String> reports) throws IOException {
    long without = 0;
    try (LineReader lines = new LineReader(Files.newInputStream(file))) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        String text = text(line);
        if (!text.isBlank()) {
          reports.accept(text);
        } else if (!new String(line, StandardCharsets.UTF_8).isBlank()) {
          without++;
        }
      }
    }
    return without;
  }

  private String text(byte[] line) {
    try {
      JsonNode text = mapper.readTree(line).path("text");
      return text.isTextual() ? text.asText() : "";
    } catch (IOException e) {
      // No JSON, or no text in an encoding of Unicode.
      return "";
    }
  }
}
