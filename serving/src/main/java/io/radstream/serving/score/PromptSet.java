package io.radstream.serving.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The findings that are looked for, in the order of the answers.
 *
 * @param findings at least one, each name once
 */
public record PromptSet(List<FindingPrompts> findings) {

  private static final String BUILT_IN = "zero-shot-prompts.yaml";
  private static final int MOST_FINDINGS = 200;

  public PromptSet {
    if (findings == null || findings.isEmpty() || findings.size() > MOST_FINDINGS) {
      throw new IllegalArgumentException("1 to " + MOST_FINDINGS + " findings are needed");
    }
    Set<String> names = new HashSet<>();
    for (FindingPrompts finding : findings) {
      if (!names.add(finding.finding())) {
        throw new IllegalArgumentException("finding " + finding.finding() + " is there twice");
      }
    }
    findings = List.copyOf(findings);
  }

  /** The findings of Radstream's own phantoms. */
  public static PromptSet builtIn() {
    try (InputStream in = PromptSet.class.getResourceAsStream(BUILT_IN)) {
      return parse(in.readAllBytes(), BUILT_IN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Prompts of the user's own, in YAML or JSON.
   *
   * @throws IOException where the file cannot be read or does not hold prompts; the message says
   *     what is wrong
   */
  public static PromptSet read(Path file) throws IOException {
    return parse(Files.readAllBytes(file), file.toString());
  }

  private static PromptSet parse(byte[] text, String name) throws IOException {
    ObjectMapper yaml =
        new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    try {
      PromptSet prompts = yaml.readValue(text, PromptSet.class);
      if (prompts == null) {
        throw new IOException("prompts file " + name + " is empty");
      }
      return prompts;
    } catch (JsonProcessingException e) {
      throw new IOException("prompts file " + name + ": " + reason(e), e);
    }
  }

  /** What our own checks say is clearer than what the parser makes of it. */
  private static String reason(JsonProcessingException e) {
    if (e.getCause() instanceof IllegalArgumentException wrong) {
      return wrong.getMessage();
    }
    Throwable first = e.getCause() == null ? e : e.getCause();
    if (first instanceof JacksonYAMLParseException malformed) {
      // The parser's own message quotes the file, over several lines.
      return "line %d is neither YAML nor JSON".formatted(malformed.getLocation().getLineNr());
    }
    String message = e.getOriginalMessage();
    return message.startsWith("No content") ? "it is empty" : message;
  }

  /** All of them: finding by finding, the positive ones of each first. */
  public List<String> sentences() {
    return findings.stream()
        .flatMap(finding -> Stream.of(finding.positive(), finding.negative()))
        .flatMap(List::stream)
        .toList();
  }
}
