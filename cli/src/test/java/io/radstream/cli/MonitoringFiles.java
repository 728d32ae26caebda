package io.radstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The alert rules and the dashboard under {@code docker/monitoring}.
 *
 * @param rules all, of all groups
 * @param cases in which alerts are tried, each at a time of its own
 * @param dashboard as Grafana reads it
 */
record MonitoringFiles(List<JsonNode> rules, List<JsonNode> cases, JsonNode dashboard) {

  private static final Pattern METRIC = Pattern.compile("\\bradstream_[a-z0-9_]+");
  private static final Pattern ROUTE = Pattern.compile("route=~?\"([^\"]+)\"");

  static MonitoringFiles read() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    return new MonitoringFiles(
        all(mapper.valueToTree(yaml("rules.yml")), "rules"),
        all(mapper.valueToTree(yaml("rules.test.yml")), "alert_rule_test"),
        mapper.readTree(text("grafana/radstream.json")));
  }

  private static Object yaml(String file) {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
  }

  private static List<JsonNode> all(JsonNode file, String field) {
    return file.findValues(field).stream().flatMap(JsonNode::valueStream).toList();
  }

  private static String text(String file) {
    return ProjectFiles.read(ProjectFiles.path("docker/monitoring/" + file));
  }

  /** What Prometheus is asked for. */
  List<String> expressions() {
    return Stream.concat(
            rules.stream().map(rule -> rule.path("expr").asText()),
            dashboard.findValuesAsText("expr").stream())
        .toList();
  }

  /** Names of Radstream's metrics in these. */
  Set<String> metrics() {
    return expressions().stream()
        .flatMap(expression -> METRIC.matcher(expression).results())
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Routes of the scoring service in these, as regular expressions: Prometheus anchors them. */
  Set<String> routes() {
    return expressions().stream()
        .flatMap(expression -> ROUTE.matcher(expression).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
