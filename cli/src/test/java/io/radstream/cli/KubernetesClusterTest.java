package io.radstream.cli;

import static io.radstream.cli.KubernetesFiles.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.schemas.Topic;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster that docker/kubernetes makes is the one that the code would make, and reaches. */
class KubernetesClusterTest {

  private static final Pattern JOB = Pattern.compile("up\\{job=\"([^\"]+)\"}");

  /** Nothing of it is in docker/kubernetes; its alerts are silent where it never ran. */
  private static final String RESULTS = "radstream-results";

  @Test
  void shouldMakeTheTopicsAsTheCommandDoes() throws IOException {
    Map<String, Map<String, String>> wanted =
        Arrays.stream(Topic.values())
            .collect(Collectors.toMap(Topic::suffix, Topic::creationConfig));

    Map<String, Map<String, String>> made =
        KubernetesFiles.base()
            .of("KafkaTopic")
            .collect(Collectors.toMap(KubernetesFiles::name, it -> texts(it.at("/spec/config"))));

    assertThat(made).isEqualTo(wanted);
  }

  @Test
  void shouldMakeAllTopicsWithThePartitionsThatTheCommandWouldTake() throws IOException {
    KubernetesFiles base = KubernetesFiles.base();

    Set<Integer> partitions =
        base.of("KafkaTopic")
            .map(topic -> topic.at("/spec/partitions").asInt())
            .collect(Collectors.toSet());

    assertThat(partitions).hasSize(1);
    assertThat(base.one("Job", "radstream-setup").toString())
        .contains("--partitions=" + partitions.iterator().next());
  }

  @Test
  void shouldGrantRightsOnTopicsThatExist() throws IOException {
    Set<String> topics =
        Arrays.stream(Topic.values()).map(Topic::suffix).collect(Collectors.toSet());

    List<JsonNode> rights =
        KubernetesFiles.base()
            .of("KafkaUser")
            .filter(user -> !name(user).equals("radstream-registry"))
            .flatMap(user -> user.at("/spec/authorization/acls").valueStream())
            .filter(acl -> acl.at("/resource/type").asText().equals("topic"))
            .toList();

    assertThat(rights)
        .isNotEmpty()
        .allSatisfy(
            acl -> {
              String named = acl.at("/resource/name").asText();
              if (named.equals("*")) {
                assertThat(acl.path("operations")).hasToString("[\"Describe\"]");
              } else if (acl.at("/resource/patternType").asText().equals("literal")) {
                assertThat(topics).contains(named);
              } else if (!named.equals("radstream-streams")) {
                assertThat(topics).anyMatch(topic -> topic.startsWith(named));
              }
            });
  }

  @Test
  void shouldLetNobodyButSourcesWriteStudies() throws IOException {
    Stream<JsonNode> users = KubernetesFiles.base().of("KafkaUser");

    List<String> writers =
        users
            .filter(
                user ->
                    user.at("/spec/authorization/acls")
                        .valueStream()
                        .filter(acl -> acl.path("operations").toString().contains("Write"))
                        .anyMatch(acl -> covers(acl.path("resource"), Topic.STUDIES.suffix())))
            .map(KubernetesFiles::name)
            .toList();

    assertThat(writers).containsExactly("radstream-publish");
  }

  private static boolean covers(JsonNode resource, String topic) {
    String named = resource.path("name").asText();
    return resource.path("type").asText().equals("topic")
        && (resource.path("patternType").asText().equals("prefix")
            ? topic.startsWith(named)
            : named.equals(topic) || named.equals("*"));
  }

  /** Kafka's clients read the password where the operator has put it. */
  @Test
  void shouldConnectWithWhatTheOperatorGives(@TempDir Path etc) throws IOException {
    Files.createDirectory(etc.resolve("user"));
    Files.writeString(etc.resolve("user/user.password"), "of-the-store");
    Properties file = connection(etc);

    AdminClientConfig config = new AdminClientConfig(new HashMap<>(file));

    assertThat(config.getPassword("ssl.keystore.password").value()).isEqualTo("of-the-store");
    JsonNode listener =
        KubernetesFiles.base().one("Kafka", "radstream").at("/spec/kafka/listeners/0");
    assertThat(config.getList("bootstrap.servers"))
        .containsExactly("radstream-kafka-bootstrap:" + listener.path("port").asInt());
    assertThat(KubernetesFiles.base().names("Service"))
        .contains(java.net.URI.create(file.getProperty("schema.registry.url")).getHost());
  }

  private static Properties connection(Path etc) throws IOException {
    String text =
        KubernetesFiles.base()
            .one("ConfigMap", "radstream-connection")
            .at("/data/client.properties")
            .asText();
    Properties properties = new Properties();
    properties.load(new StringReader(text.replace("/etc/radstream", etc.toString())));
    return properties;
  }

  @Test
  void shouldLetEachPodOutToWhatItAsks() throws IOException {
    KubernetesFiles all = KubernetesFiles.all();

    assertThat(all.workloads())
        .allSatisfy(
            workload -> {
              JsonNode labels = workload.at("/spec/template/metadata/labels");
              assertThat(labels.path("app.kubernetes.io/part-of").asText()).isEqualTo("radstream");
              assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo(name(workload));
              assertThat(labels.path("radstream.io/kafka").asText()).isEqualTo("client");
              assertThat(labels.has("radstream.io/registry"))
                  .isEqualTo(workload.toString().contains("--kafka-config"));
            });
  }

  @Test
  void shouldLetOthersInToThePortsThatAreListenedOn() throws IOException {
    KubernetesFiles base = KubernetesFiles.base();

    Map<String, Integer> open =
        base.of("NetworkPolicy")
            .filter(policy -> policy.at("/spec/ingress").isArray())
            .collect(
                Collectors.toMap(
                    policy -> policy.at("/spec/podSelector/matchLabels").elements().next().asText(),
                    policy -> policy.at("/spec/ingress/0/ports/0/port").asInt()));

    Map<String, Integer> listening =
        base.workloads()
            .filter(it -> it.at("/spec/template/spec/containers/0/ports").isArray())
            .collect(
                Collectors.toMap(
                    KubernetesFiles::name,
                    it -> it.at("/spec/template/spec/containers/0/ports/0/containerPort").asInt()));
    assertThat(open).isEqualTo(listening);
  }

  @Test
  void shouldBeAskedUnderTheNamesOfTheAlerts() throws IOException {
    KubernetesFiles base = KubernetesFiles.base();
    MonitoringFiles monitoring = MonitoringFiles.read();

    Set<String> jobs =
        monitoring.expressions().stream()
            .flatMap(expression -> JOB.matcher(expression).results())
            .map(job -> job.group(1))
            .filter(job -> !job.equals(RESULTS))
            .collect(Collectors.toSet());

    assertThat(base.of("ServiceMonitor"))
        .allSatisfy(
            monitor -> {
              String port = monitor.at("/spec/endpoints/0/port").asText();
              JsonNode service = base.one("Service", name(monitor));
              assertThat(service.at("/spec/ports").findValuesAsText("name")).contains(port);
              assertThat(service.at("/metadata/labels/app.kubernetes.io~1name").asText())
                  .isEqualTo(name(monitor));
            });
    assertThat(base.names("ServiceMonitor")).containsExactlyInAnyOrderElementsOf(jobs);
    JsonNode scaler = base.one("HorizontalPodAutoscaler", "radstream-serving");
    assertThat(monitoring.metrics())
        .contains(scaler.at("/spec/metrics/0/pods/metric/name").asText());
  }

  @Test
  void shouldPrintTheAlertsThatThereAre() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(KubernetesFiles.path("rules").toString()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    JsonNode rule = KubernetesFiles.documents(printed).get(0);
    JsonNode groups =
        KubernetesFiles.documents(
                ProjectFiles.read(ProjectFiles.path("docker/monitoring/rules.yml")))
            .get(0)
            .path("groups");
    assertThat(rule.path("kind").asText()).isEqualTo("PrometheusRule");
    assertThat(rule.at("/spec/groups")).isNotEmpty().isEqualTo(groups);
  }

  private static Map<String, String> texts(JsonNode object) {
    return new ObjectMapper()
        .convertValue(object, new com.fasterxml.jackson.core.type.TypeReference<>() {});
  }
}
