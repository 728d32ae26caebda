package io.radstream.cli;

import static io.radstream.cli.KubernetesFiles.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pods reach what they need, and Prometheus reaches them, under the names of the alerts. */
class KubernetesReachTest {

  private static final Pattern JOB = Pattern.compile("up\\{job=\"([^\"]+)\"}");

  /** Nothing of it is in docker/kubernetes; its alerts are silent where it never ran. */
  private static final String RESULTS = "radstream-results";

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
}
