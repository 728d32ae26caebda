package io.radstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The instructions of a Dockerfile, one a line, continued lines joined, comments left out.
 *
 * @param name of the file
 */
record Dockerfile(String name, List<String> instructions) {

  private static final Pattern SPACE = Pattern.compile("\\s+");

  static Dockerfile read(Path file) {
    String joined =
        ProjectFiles.read(file).replaceAll("(?m)^#.*\\n", "").replaceAll("\\\\\\n\\s*", "");
    return new Dockerfile(
        file.getFileName().toString(), joined.lines().filter(line -> !line.isBlank()).toList());
  }

  /** What follows the keyword, of each such instruction. */
  Stream<String> arguments(String keyword) {
    return instructions.stream()
        .filter(instruction -> instruction.startsWith(keyword + " "))
        .map(instruction -> instruction.substring(keyword.length() + 1));
  }

  /** Images that others made: not the stages of this file. */
  Stream<String> bases() {
    List<String> stages =
        arguments("FROM")
            .filter(argument -> argument.contains(" AS "))
            .map(argument -> argument.replaceFirst(".* AS ", ""))
            .toList();
    return arguments("FROM")
        .map(argument -> argument.replaceFirst(" .*", ""))
        .filter(base -> !stages.contains(base));
  }

  /** The stage that compiles. */
  List<String> buildStage() {
    int next = 1;
    while (!instructions.get(next).startsWith("FROM ")) {
      next++;
    }
    return instructions.subList(0, next);
  }

  String user() {
    return last("USER").orElseThrow();
  }

  /** Words of the entrypoint; empty where it is not in exec form. */
  List<String> entrypoint() {
    return last("ENTRYPOINT").map(Dockerfile::exec).orElse(List.of());
  }

  /** Words of the default command; empty where it is not in exec form. */
  List<String> command() {
    return last("CMD").map(Dockerfile::exec).orElse(List.of());
  }

  /** Words of the health check's command; empty where it is not in exec form. */
  List<String> healthCheck() {
    return last("HEALTHCHECK")
        .map(check -> check.replaceFirst(".*?CMD ", ""))
        .map(Dockerfile::exec)
        .orElse(List.of());
  }

  /** The value that ENV gives a variable. */
  Optional<String> environment(String variable) {
    return arguments("ENV")
        .flatMap(SPACE::splitAsStream)
        .filter(pair -> pair.startsWith(variable + "="))
        .map(pair -> pair.substring(variable.length() + 1))
        .findFirst();
  }

  private Optional<String> last(String keyword) {
    return arguments(keyword).reduce((earlier, later) -> later);
  }

  private static List<String> exec(String json) {
    try {
      return new ObjectMapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
