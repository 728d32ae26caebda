package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard hold together; {@link ModelsEndToEndTest} compares them with a service. */
class MonitoringFilesTest {

  private static final Pattern OPEN_API = Pattern.compile("(?m)^ {2}(/[^:]+):");

  @Test
  void shouldSayForEachAlertWhatToDoAndWhereToRead() throws IOException {
    String operations = ProjectFiles.read(ProjectFiles.path("docs/operations.md"));

    List<JsonNode> rules = MonitoringFiles.read().rules();

    assertThat(rules)
        .isNotEmpty()
        .allSatisfy(
            rule -> {
              assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
              assertThat(rule.at("/annotations/runbook").asText())
                  .endsWith(" docs/operations.md#seen-from-outside");
              assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
              assertThat(operations).contains("| `" + rule.path("alert").asText() + "` |");
            });
    assertThat(operations).contains("\n## Seen from outside\n");
  }

  @Test
  void shouldPlacePanelsSideBySideWithADataSourceThatIsProvided() throws IOException {
    String source =
        ProjectFiles.read(ProjectFiles.path("docker/monitoring/grafana/datasource.yml"));

    JsonNode dashboard = MonitoringFiles.read().dashboard();

    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    assertThat(dashboard.path("panels"))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            panel -> {
              assertThat(ids.add(panel.path("id").asInt())).isTrue();
              JsonNode at = panel.path("gridPos");
              for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                  int column = at.path("x").asInt() + x;
                  assertThat(column).isLessThan(24);
                  assertThat(cells.add(column + " " + (at.path("y").asInt() + y))).isTrue();
                }
              }
            });
    assertThat(Set.copyOf(dashboard.findValuesAsText("uid")))
        .allMatch(uid -> source.contains("uid: " + uid));
  }

  @Test
  void shouldNameRoutesOfTheContract() throws IOException {
    String contract =
        new String(
            getClass()
                .getResourceAsStream("/io/radstream/serving/http/openapi.yaml")
                .readAllBytes(),
            StandardCharsets.UTF_8);

    Set<String> routes = MonitoringFiles.read().routes();

    assertThat(routes).isNotEmpty();
    assertThat(OPEN_API.matcher(contract).results().map(path -> path.group(1))).containsAll(routes);
  }
}
