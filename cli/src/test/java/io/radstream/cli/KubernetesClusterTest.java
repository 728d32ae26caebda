package io.radstream.cli;

import static io.radstream.cli.KubernetesFiles.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.schemas.Topic;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster that docker/kubernetes makes is the one that the code would make, and reaches. */
class KubernetesClusterTest {

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
        .contains(URI.create(file.getProperty("schema.registry.url")).getHost());
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

  private static Map<String, String> texts(JsonNode object) {
    return new ObjectMapper().convertValue(object, new TypeReference<>() {});
  }
}
