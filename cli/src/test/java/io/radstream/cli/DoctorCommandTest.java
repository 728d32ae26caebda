package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class DoctorCommandTest {

  @Test
  void shouldLoadTheEngine() {
    Invocation invocation = Invocation.of("doctor");

    assertThat(invocation.out())
        .containsPattern("ok +engine +PyTorch 2\\.\\d+\\S* on \\S+; devices: cpu");
    assertThat(invocation.out()).contains("java").contains("memory").contains("disk");
  }

  @Test
  void shouldTellWhatANetworkIsAndCosts() throws Exception {
    Invocation invocation = Invocation.of("doctor", "--model", "base", "--json");

    assertThat(invocation.out()).contains("radiograph transformer").contains("GFLOP a study");
    JsonNode model = report(invocation).get("model");
    assertThat(model.get("parameters").asLong()).isBetween(240_000_000L, 250_000_000L);
    assertThat(model.get("training_flops_per_study").asLong())
        .isEqualTo(3 * model.get("forward_flops_per_study").asLong());
  }

  @Test
  void shouldNotDescribeANetworkWithoutTheEngine() {
    Invocation invocation = Invocation.of("doctor", "--model", "base", "--no-engine");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--no-engine");
  }

  @Test
  void shouldFindACompleteClusterInOrder(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);

    Invocation invocation = doctor(connection.bootstrap(), connection.registry(), connection);

    assertThat(check(invocation, "broker").get("ok").asBoolean()).isTrue();
    assertThat(check(invocation, "topics").get("ok").asBoolean()).isTrue();
    assertThat(check(invocation, "registry").get("ok").asBoolean()).isTrue();
  }

  @Test
  void shouldSayWhatToDoAboutARegistryThatDoesNotAnswer(KafkaConnection connection)
      throws Exception {
    Invocation invocation = doctor(connection.bootstrap(), "http://127.0.0.1:1", connection);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(check(invocation, "registry").get("advice").asText()).contains("--registry");
    assertThat(check(invocation, "broker").get("ok").asBoolean()).isTrue();
  }

  @Test
  void shouldTellAnotherServerFromARegistry(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    URI registry = URI.create(connection.registry());
    String root = registry.resolve("/").toString();

    Invocation doctor = doctor(connection.bootstrap(), root, connection);
    KafkaConnection astray = new KafkaConnection(connection.bootstrap(), root, connection.topics());
    Invocation publish = Invocation.on(astray, "publish", "synthetic", "--studies", "1");

    assertThat(check(doctor, "registry").get("detail").asText())
        .contains("is no schema registry (HTTP 404")
        .contains("is that the registry's address, with the path of its API");
    assertThat(check(doctor, "upkeep").get("detail").asText())
        .contains("is no schema registry")
        .doesNotContain("topics create");
    assertThat(publish.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(publish.err()).contains("is no schema registry").doesNotContain("null");
  }

  @Test
  void shouldSayWhatToDoAboutABrokerThatDoesNotAnswer(
      KafkaConnection connection, @TempDir Path folder) throws Exception {
    Invocation invocation =
        doctor(
            "127.0.0.1:1",
            connection.registry(),
            connection,
            "--kafka-config=" + Impatience.in(folder));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(check(invocation, "broker").get("advice").asText()).contains("--bootstrap");
    assertThat(check(invocation, "registry").get("ok").asBoolean()).isTrue();
  }

  @Test
  void shouldCheckTheTopicsSettingsAndTheClock(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);

    Invocation invocation = doctor(connection.bootstrap(), connection.registry(), connection);

    assertThat(check(invocation, "upkeep").get("ok").asBoolean()).isTrue();
    assertThat(check(invocation, "clock").get("ok").asBoolean()).isTrue();
  }

  @Test
  void shouldTellWhetherAPortIsFree() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Invocation invocation =
          Invocation.of(
              "doctor", "--no-engine", "--json", "--listen", "0,x," + taken.getLocalPort());

      List<JsonNode> ports = new ArrayList<>();
      report(invocation).get("checks").forEach(it -> ports.add(it));
      ports.removeIf(it -> !it.get("name").asText().equals("port"));
      assertThat(ports)
          .extracting(it -> it.get("ok").asBoolean())
          .containsExactly(true, false, false);
      assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    }
  }

  private static Invocation doctor(
      String bootstrap, String registry, KafkaConnection names, String... further) {
    List<String> words = new ArrayList<>(List.of("doctor", "--no-engine", "--json"));
    words.add("--bootstrap=" + bootstrap);
    words.add("--registry=" + registry);
    words.add("--topic-prefix=" + names.topics().prefix());
    words.addAll(List.of(further));
    return Invocation.of(words.toArray(String[]::new));
  }

  private static JsonNode check(Invocation invocation, String name) throws Exception {
    JsonNode report = report(invocation);
    for (JsonNode check : report.get("checks")) {
      if (check.get("name").asText().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("no check of the " + name + " in " + report);
  }

  private static JsonNode report(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
