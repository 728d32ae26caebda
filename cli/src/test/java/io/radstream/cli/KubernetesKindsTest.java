package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of each resource is one that its kind has, and of that field's type. */
class KubernetesKindsTest {

  static Stream<JsonNode> resources() throws IOException {
    return KubernetesFiles.withPatches().resources().stream();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void shouldBeWhatItsKindIs(JsonNode resource) {
    KubernetesKind kind = KubernetesKind.of(resource);

    JsonNode taken = kind.taken(resource);

    KubernetesKind.assertTaken("", resource, taken);
  }

  /** Without it, classes that take anything would do. */
  @ParameterizedTest
  @CsvSource({
    "Deployment, radstream-serving, /spec/replica, 2",
    "Deployment, radstream-serving, /spec/replicas, \"two\"",
    "Deployment, radstream-serving, /spec/template/spec/containers/0/securityContext/privilege, 1",
    "StatefulSet, radstream-stage, /spec/template/spec/volumes/0/configMaps, {}",
    "HorizontalPodAutoscaler, radstream-serving, /spec/metrics/0/pods/target/average, \"1\"",
    "Kafka, radstream, /spec/kafka/listeners/0/ports, 1",
    "KafkaTopic, studies, /spec/partition, 1",
    "KafkaUser, radstream-stage, /spec/authorization/acls/0/operated, \"Read\"",
    "ServiceMonitor, radstream-serving, /spec/endpoints/0/tlsConfig/caFiles, \"ca\""
  })
  void shouldTellWhatKubernetesWouldNotTake(String kind, String name, String place, String value)
      throws IOException {
    JsonNode resource = KubernetesFiles.base().one(kind, name);
    int field = place.lastIndexOf('/');

    ((ObjectNode) resource.at(place.substring(0, field)))
        .set(place.substring(field + 1), new ObjectMapper().readTree(value));

    assertThatThrownBy(
            () ->
                KubernetesKind.assertTaken(
                    "", resource, KubernetesKind.of(resource).taken(resource)))
        .isInstanceOfAny(AssertionError.class, IllegalArgumentException.class)
        .hasMessageContaining(place.substring(field + 1));
  }
}
