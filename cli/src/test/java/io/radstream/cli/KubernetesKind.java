package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A kind of resources, as the clients of Kubernetes and of its operators know it: classes that are
 * made from the schemas of the API. Which fields have to be there is not in them.
 *
 * @param type that such a resource is read as
 */
record KubernetesKind(Class<?> type) {

  /** By version and kind. */
  private static final Map<String, Class<?>> KINDS =
      Map.ofEntries(
          Map.entry("v1/ConfigMap", ConfigMap.class),
          Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
          Map.entry("v1/Service", Service.class),
          Map.entry("apps/v1/Deployment", Deployment.class),
          Map.entry("apps/v1/StatefulSet", StatefulSet.class),
          Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("batch/v1/Job", Job.class),
          Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
          Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
          Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
          Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
          Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
          Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));

  /** Of Kustomize, in patches. */
  private static final String DIRECTIVE = "$patch";

  /** Leaves out what the classes keep of fields that they do not know. */
  private static final ObjectMapper KNOWN_ONLY =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .annotationIntrospector(new WithoutUnknown())
          .build();

  private static final class WithoutUnknown extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    /** Also defaults: of these, too, it is to be seen that they were read. */
    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
      return JsonInclude.Value.construct(
          JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL);
    }

    @Override
    public Boolean hasAnyGetter(Annotated annotated) {
      return false;
    }
  }

  /**
   * @throws AssertionError where the kind, or that version of it, is not known
   */
  static KubernetesKind of(JsonNode resource) {
    String name = resource.path("apiVersion").asText() + "/" + resource.path("kind").asText();
    assertThat(KINDS).containsKey(name);
    return new KubernetesKind(KINDS.get(name));
  }

  /** What is left of a resource once it was read. */
  JsonNode taken(JsonNode resource) {
    try {
      Object read = KNOWN_ONLY.convertValue(resource, type);
      JsonNode taken = KNOWN_ONLY.readTree(KNOWN_ONLY.writeValueAsString(read));
      // Strimzi's classes say the oldest version that they serve.
      ((ObjectNode) taken).set("apiVersion", resource.path("apiVersion"));
      return taken;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That all of it was. */
  static void assertTaken(String place, JsonNode given, JsonNode taken) {
    if (given.isObject()) {
      assertThat(taken.isObject()).as(place).isTrue();
      List<String> names = given.propertyStream().map(Map.Entry::getKey).toList();
      for (String name : names) {
        if (!name.equals(DIRECTIVE)) {
          assertTaken(place + "/" + name, given.get(name), taken.path(name));
        }
      }
    } else if (given.isArray()) {
      assertThat(taken).as(place).hasSize(given.size());
      for (int item = 0; item < given.size(); item++) {
        assertTaken(place + "/" + item, given.get(item), taken.get(item));
      }
    } else {
      assertThat(taken).as(place).isEqualTo(given);
    }
  }
}
