package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kustomize and Helm, the real ones, make the same of the same files. */
class KubernetesChartTest {

  private static final String RULES = "PrometheusRule radstream";

  private static final boolean HAS_KUBECTL =
      Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
          .anyMatch(place -> Files.isExecutable(Path.of(place, "kubectl")));

  @TempDir private static Path rendered;

  @BeforeAll
  static void render() throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            HelmRendering.class.getName(),
            KubernetesFiles.path("chart").toString(),
            rendered.toString(),
            "plain",
            "gpu,trainer.gpu=true",
            "site,images.registry=registry.example.org,images.tag=1.2.3,store.size=1Ti,"
                + "stage.replicas=5,serving.maxReplicas=9,trainer.preset=base,trainer.line=chest",
            "least,trainer.enabled=false,serving.autoscaling=false,monitoring=false,"
                + "kafka.create=false",
            "unknown,trainer.gpus=true",
            "wrong,stage.replicas=many");
    Path said = rendered.resolve("said");
    Process helm =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (HAS_KUBECTL) {
      for (String folder :
          List.of(
              "overlays/cpu",
              "overlays/cuda",
              "overlays/small",
              "overlays/ranks",
              "phantoms",
              "tokenizer")) {
        kustomize(folder);
      }
    }
    assertThat(helm.waitFor()).as(Files.readString(said)).isZero();
  }

  private static void kustomize(String folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("kubectl", "kustomize", KubernetesFiles.path(folder).toString())
            .redirectError(Redirect.INHERIT)
            .redirectOutput(rendered.resolve(file(folder)).toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private static String file(String folder) {
    return folder.replace('/', '.');
  }

  @Test
  void shouldBeAChartThatHelmLikes() throws IOException {
    assertThat(Files.readString(rendered.resolve("lint"))).startsWith("passed");
  }

  @Test
  void shouldRenderWhatStandsInBase() throws IOException {
    Map<String, JsonNode> chart = rendering("plain");

    assertThat(chart.remove(RULES)).isNotNull();
    assertThat(chart).isEqualTo(byName(KubernetesFiles.base().resources().stream()));
  }

  @ParameterizedTest
  @CsvSource({"plain, cpu", "gpu, cuda"})
  void shouldRenderWhatKustomizeRenders(String values, String overlay) throws IOException {
    Map<String, JsonNode> chart = rendering(values);

    Map<String, JsonNode> kustomize = built("overlays/" + overlay);

    chart.remove(RULES);
    assertThat(chart).isEqualTo(kustomize);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "overlays/cpu",
        "overlays/cuda",
        "overlays/small",
        "overlays/ranks",
        "phantoms",
        "tokenizer"
      })
  void shouldMakeResourcesOfTheirKindsByKustomize(String folder) throws IOException {
    Map<String, JsonNode> resources = built(folder);

    assertThat(resources.values())
        .isNotEmpty()
        .allSatisfy(it -> KubernetesKind.assertTaken("", it, KubernetesKind.of(it).taken(it)));
  }

  @Test
  void shouldNeedNoOperatorsOfMonitoringToBeTried() throws IOException {
    Map<String, JsonNode> small = built("overlays/small");

    assertThat(small.toString()).doesNotContain("monitoring.coreos.com", "--preset=small", "https");
    assertThat(small).containsKeys("Deployment radstream-serving", "KafkaNodePool broker");
  }

  @Test
  void shouldCompleteARunOfSeveralRanksWithTheFirst() throws IOException {
    JsonNode trainer = built("overlays/ranks").get("Job radstream-trainer");

    assertThat(trainer.at("/spec/successPolicy/rules/0/succeededIndexes").asText()).isEqualTo("0");
  }

  @Test
  void shouldPutValuesWhereTheyBelong() throws IOException {
    Map<String, JsonNode> chart = rendering("site");

    String trainer = chart.get("Job radstream-trainer").toString();
    assertThat(trainer)
        .contains("\"registry.example.org/radstream/trainer:1.2.3\"")
        .contains("\"--preset=base\",\"--line=chest\",\"--follow\"");
    assertThat(chart.get("StatefulSet radstream-stage").at("/spec/replicas").asInt()).isEqualTo(5);
    assertThat(chart.get("Deployment radstream-serving").path("spec").has("replicas")).isFalse();
    assertThat(chart.get("HorizontalPodAutoscaler radstream-serving").at("/spec/maxReplicas"))
        .hasToString("9");
    assertThat(chart.get("PersistentVolumeClaim radstream-checkpoints").toString())
        .contains("\"1Ti\"");
    assertThat(chart.get("Deployment radstream-registry").toString())
        .contains("\"apicurio/apicurio-registry:" + ProjectFiles.pomValue("apicurio.version"));
  }

  @Test
  void shouldLeaveOutWhatIsNotWanted() throws IOException {
    Map<String, JsonNode> chart = rendering("least");

    assertThat(chart.keySet())
        .noneMatch(it -> it.matches("Kafka.*|ServiceMonitor.*|Prometheus.*|Horizontal.*"))
        .noneMatch(it -> it.endsWith("radstream-trainer") || it.endsWith("radstream-to-kafka"))
        .contains("Deployment radstream-serving", "NetworkPolicy radstream-deny");
    assertThat(chart.get("Deployment radstream-serving").at("/spec/replicas").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"unknown, gpus", "wrong, replicas"})
  void shouldRefuseValuesThatItDoesNotKnow(String values, String named) throws IOException {
    String said = Files.readString(rendered.resolve(values));

    assertThat(said).startsWith("refused: ").contains(named);
  }

  private static Map<String, JsonNode> rendering(String name) throws IOException {
    return byName(KubernetesFiles.documents(Files.readString(rendered.resolve(name))).stream());
  }

  private static Map<String, JsonNode> built(String folder) throws IOException {
    assumeTrue(HAS_KUBECTL, "no kubectl on the path, which has Kustomize in it");
    return rendering(file(folder));
  }

  /** Without the namespace, which Helm takes from its command line. */
  private static Map<String, JsonNode> byName(Stream<JsonNode> resources) {
    return resources.collect(
        Collectors.toMap(
            it -> it.path("kind").asText() + " " + KubernetesFiles.name(it),
            it -> {
              ((ObjectNode) it.path("metadata")).remove("namespace");
              return it;
            },
            (one, other) -> {
              throw new AssertionError("twice: " + KubernetesFiles.name(one));
            },
            TreeMap::new));
  }
}
