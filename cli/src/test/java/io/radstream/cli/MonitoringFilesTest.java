package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void shouldTryEachAlertWhereItFiresAndWhereItIsSilent() throws IOException {
    MonitoringFiles files = MonitoringFiles.read();

    Map<Boolean, Set<String>> tried =
        files.cases().stream()
            .collect(
                Collectors.partitioningBy(
                    it -> it.path("exp_alerts").isEmpty(),
                    Collectors.mapping(it -> it.path("alertname").asText(), Collectors.toSet())));

    Set<String> alerts =
        files.rules().stream().map(rule -> rule.path("alert").asText()).collect(Collectors.toSet());
    assertThat(tried.get(false)).isEqualTo(alerts);
    assertThat(tried.get(true)).isEqualTo(alerts);
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
  void shouldBeADashboardAsGrafanaDefinesIt() throws IOException {
    Schema schema = dashboards();

    JsonNode dashboard = MonitoringFiles.read().dashboard();

    assertThat(schema.validate(dashboard)).isEmpty();
  }

  /** Without it, a schema that takes anything would do. */
  @ParameterizedTest
  @CsvSource({
    "/panels/1/gridPos/w, \"six\"",
    "/panels/1/griPos, {}",
    "/panels/0/collapsed, 1",
    "/panels/1/datasource/name, \"Prometheus\"",
    "/time/from, 6",
    "/panel, []"
  })
  void shouldTellADashboardThatGrafanaWouldNotTake(String place, String value) throws IOException {
    ObjectNode dashboard = (ObjectNode) MonitoringFiles.read().dashboard();
    int name = place.lastIndexOf('/');

    ((ObjectNode) dashboard.at(place.substring(0, name)))
        .set(place.substring(name + 1), new ObjectMapper().readTree(value));

    assertThat(dashboards().validate(dashboard)).isNotEmpty();
  }

  /** What it says of where it is from stands in it. */
  private Schema dashboards() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
        .getSchema(getClass().getResourceAsStream("/grafana-dashboard.schema.json"));
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

    List<String> paths = OPEN_API.matcher(contract).results().map(path -> path.group(1)).toList();
    assertThat(routes)
        .isNotEmpty()
        .flatMap(route -> List.of(route.split("\\|")))
        .allSatisfy(route -> assertThat(paths).anyMatch(path -> path.matches(route)));
  }
}
