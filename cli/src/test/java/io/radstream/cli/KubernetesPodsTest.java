package io.radstream.cli;

import static io.radstream.cli.KubernetesFiles.container;
import static io.radstream.cli.KubernetesFiles.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods of docker/kubernetes run the command as it is, and may do no more than it needs. */
class KubernetesPodsTest {

  private static final Pattern PATH = Pattern.compile("=(/(?:etc|var)/[^,]+)");
  private static final Set<String> SECRETS_OF_OTHERS =
      Set.of("radstream-cluster-ca-cert", "radstream-serving-tls", "radstream-api-keys");

  static Stream<JsonNode> workloads() throws IOException {
    return KubernetesFiles.all().workloads();
  }

  static Stream<JsonNode> argumentLists() throws IOException {
    return KubernetesFiles.withPatches().workloads().flatMap(it -> it.findValues("args").stream());
  }

  @ParameterizedTest
  @MethodSource("argumentLists")
  void shouldStartPartsWithCommandLinesThatTheCommandTakes(JsonNode arguments) {
    String[] words = arguments.valueStream().map(JsonNode::asText).toArray(String[]::new);

    assertThat(words).isNotEmpty();
    assertThatCode(() -> Radstream.commandLine().parseArgs(words)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldRunWithoutRightsThatItDoesNotNeed(JsonNode workload) {
    JsonNode pod = workload.at("/spec/template/spec");

    assertThat(pod.path("automountServiceAccountToken")).hasToString("false");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(containers(workload))
        .isNotEmpty()
        .extracting(container -> container.path("securityContext"))
        .allSatisfy(
            context -> {
              assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
              assertThat(context.path("allowPrivilegeEscalation")).hasToString("false");
              assertThat(context.at("/capabilities/drop")).hasToString("[\"ALL\"]");
            });
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldHaveAsMuchMemoryAsItAsksFor(JsonNode workload) {
    JsonNode resources = container(workload).path("resources");

    assertThat(resources.at("/limits/memory").asText())
        .isNotEmpty()
        .isEqualTo(resources.at("/requests/memory").asText());
    assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldMountWhatItsCommandNames(JsonNode workload) throws IOException {
    String arguments = container(workload).path("args").toString().replace('"', ',');

    List<String> mounts = container(workload).path("volumeMounts").findValuesAsText("mountPath");

    assertThat(PATH.matcher(arguments).results().map(path -> path.group(1)))
        .allSatisfy(path -> assertThat(mounts).anyMatch(mount -> path.startsWith(mount)));
    assertThat(mounts).contains("/tmp");
    if (arguments.contains("tokenizer") || arguments.contains("serve")) {
      assertThat(mounts).contains(cacheOf(container(workload).path("image").asText()));
    }
  }

  /** Where an image unpacks native libraries. */
  private static String cacheOf(String image) {
    String role = image.replaceAll(".*/|:.*", "");
    return Dockerfile.read(ProjectFiles.path("docker/" + role + ".Dockerfile"))
        .environment("DJL_CACHE_DIR")
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldMountVolumesThatExist(JsonNode workload) throws IOException {
    KubernetesFiles base = KubernetesFiles.base();
    Set<String> volumes =
        Stream.concat(
                workload.at("/spec/template/spec/volumes").findValuesAsText("name").stream(),
                workload.at("/spec/volumeClaimTemplates").findValuesAsText("name").stream())
            .collect(Collectors.toSet());

    JsonNode mounts = container(workload).path("volumeMounts");

    assertThat(mounts.findValuesAsText("name")).isNotEmpty().isSubsetOf(volumes);
    assertThat(base.names("PersistentVolumeClaim"))
        .containsAll(workload.findValuesAsText("claimName"));
    assertThat(workload.findValuesAsText("secretName"))
        .allMatch(
            it -> SECRETS_OF_OTHERS.contains(it) || base.names("KafkaUser").contains(it), "known");
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldRunImagesOfThisVersion(JsonNode workload) {
    String image = container(workload).path("image").asText();

    assertThat(image)
        .isIn(
            "radstream/stage:" + ProjectFiles.pomValue("version"),
            "radstream/trainer:" + ProjectFiles.pomValue("version"),
            "radstream/serving:" + ProjectFiles.pomValue("version"),
            "apicurio/apicurio-registry:" + ProjectFiles.pomValue("apicurio.version"));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void shouldNameThePortsThatAreProbed(JsonNode workload) {
    List<String> ports = container(workload).path("ports").findValuesAsText("name");

    assertThat(container(workload).findValues("httpGet"))
        .allSatisfy(probe -> assertThat(ports).contains(probe.path("port").asText()));
  }

  @Test
  void shouldListEachFileOnce() throws IOException {
    JsonNode kustomization =
        KubernetesFiles.documents(
                ProjectFiles.read(KubernetesFiles.path("base/kustomization.yaml")))
            .get(0);

    List<String> listed =
        kustomization.path("resources").valueStream().map(JsonNode::asText).toList();

    try (var files = Files.list(KubernetesFiles.path("base"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(listed.stream(), Stream.of("kustomization.yaml")).toList());
    }
    assertThat(KubernetesFiles.base().resources())
        .extracting(it -> it.path("kind").asText() + " " + name(it))
        .doesNotHaveDuplicates();
  }

  private static Stream<JsonNode> containers(JsonNode workload) {
    JsonNode pod = workload.at("/spec/template/spec");
    return Stream.concat(
        pod.path("containers").valueStream(), pod.path("initContainers").valueStream());
  }
}
