package io.radstream.cli;

import static io.radstream.cli.KubernetesFiles.container;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the pods of docker/kubernetes begin, are looked after, and end. */
class KubernetesLifeTest {

  /** A missing tokenizer is a usage error, which ends the trainer's Job for good. */
  @Test
  void shouldNotBeginWithoutATokenizer() throws IOException {
    KubernetesFiles base = KubernetesFiles.base();

    Stream<JsonNode> readers =
        base.workloads().filter(it -> container(it).toString().contains("--tokenizer="));

    assertThat(readers)
        .hasSize(2)
        .allSatisfy(
            it -> {
              JsonNode waiting = it.at("/spec/template/spec/initContainers/0");
              String file =
                  container(it)
                      .path("args")
                      .toString()
                      .replaceAll(".*--tokenizer=([^\"]+)\".*", "$1");
              assertThat(waiting.path("command").toString()).contains("-s " + file + " ");
              assertThat(waiting.path("image")).isEqualTo(container(it).path("image"));
            });
  }

  @Test
  void shouldProbeWhatTheServiceAnswers() throws IOException {
    String contract =
        new String(
            getClass()
                .getResourceAsStream("/io/radstream/serving/http/openapi.yaml")
                .readAllBytes(),
            StandardCharsets.UTF_8);

    JsonNode serving = container(KubernetesFiles.base().one("Deployment", "radstream-serving"));

    assertThat(
            List.of(
                serving.at("/startupProbe/httpGet/path").asText(),
                serving.at("/livenessProbe/httpGet/path").asText(),
                serving.at("/readinessProbe/httpGet/path").asText()))
        .containsExactly("/health/live", "/health/live", "/health/ready")
        .allSatisfy(path -> assertThat(contract).contains("\n  " + path + ":\n"));
  }

  @Test
  void shouldLetClientsGoBeforeAServiceIsKilled() throws IOException {
    JsonNode pod =
        KubernetesFiles.base().one("Deployment", "radstream-serving").at("/spec/template/spec");
    String arguments = pod.at("/containers/0/args").toString();

    Duration drain =
        Pattern.compile("--drain-(?:delay|timeout)=(\\d+)s")
            .matcher(arguments)
            .results()
            .map(option -> Duration.ofSeconds(Long.parseLong(option.group(1))))
            .reduce(Duration.ZERO, Duration::plus);

    assertThat(drain).isPositive();
    assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").asLong()))
        .isGreaterThan(drain.plusMinutes(1));
  }
}
