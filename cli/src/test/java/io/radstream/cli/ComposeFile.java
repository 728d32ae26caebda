package io.radstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * {@code docker/compose.yaml} as Compose reads it: anchors and merges resolved, variables replaced
 * from {@code docker/.env}.
 */
record ComposeFile(JsonNode root) {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
  private static final String OUR_IMAGES = "radstream/";

  static ComposeFile read() throws IOException {
    Properties variables = variables();
    String text = ProjectFiles.read(ProjectFiles.path("docker/compose.yaml"));
    String replaced =
        VARIABLE
            .matcher(text)
            .replaceAll(
                variable ->
                    Optional.ofNullable(variables.getProperty(variable.group(1)))
                        .orElseThrow(() -> new AssertionError("not in .env: " + variable.group())));
    // SnakeYAML, since Jackson's tree knows neither aliases nor merge keys.
    Object parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(replaced);
    return new ComposeFile(new ObjectMapper().valueToTree(parsed));
  }

  static Properties variables() throws IOException {
    Properties variables = new Properties();
    variables.load(new StringReader(ProjectFiles.read(ProjectFiles.path("docker/.env"))));
    return variables;
  }

  /** Every service by name. */
  Stream<Map.Entry<String, JsonNode>> services() {
    return root.path("services").properties().stream();
  }

  /** The services that run {@code radstream}. */
  Stream<Map.Entry<String, JsonNode>> ownServices() {
    return services()
        .filter(service -> service.getValue().path("image").asText().startsWith(OUR_IMAGES));
  }
}
