package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.radstream.serving.access.Access;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {

  @TempDir private Path uploads;
  private RunningApi running;
  private JsonNode contract;

  @BeforeEach
  void start() throws Exception {
    running = ApiSetup.in(uploads).start();
    contract = new YAMLMapper().readTree(running.get("/openapi.yaml").body());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  @Test
  void shouldDescribeExactlyTheRoutesThatExist() {
    List<String> described = new ArrayList<>();
    contract
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    List<String> routed =
        running.api.endpoints().stream()
            .map(endpoint -> endpoint.method().name() + " " + endpoint.path())
            .toList();

    assertThat(described).containsExactlyInAnyOrderElementsOf(routed);
  }

  @Test
  void shouldDescribeExactlyTheMediaTypesThatAreAccepted() {
    JsonNode content = contract.at("/components/requestBodies/Study/content");

    assertThat(content.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(StudyRequest.ACCEPTED);
  }

  @Test
  void shouldNameTheRoleThatEachRouteNeeds() {
    assertThat(running.api.endpoints())
        .allSatisfy(
            endpoint -> {
              JsonNode operation =
                  contract
                      .path("paths")
                      .path(endpoint.path())
                      .path(endpoint.method().name().toLowerCase(Locale.ROOT));
              JsonNode security =
                  operation.has("security") ? operation.get("security") : contract.get("security");
              boolean isPublic = endpoint.needs() == Access.PUBLIC;
              assertThat(security.at("/0/bearer/0").asText())
                  .as(endpoint.path())
                  .isEqualTo(isPublic ? "" : endpoint.needs().word());
              assertThat(operation.path("responses").has("401")).isNotEqualTo(isPublic);
              assertThat(operation.path("responses").has("403")).isNotEqualTo(isPublic);
            });
  }

  @Test
  void shouldResolveEveryReference() {
    List<String> references =
        contract.findValues("$ref").stream().map(JsonNode::asText).distinct().toList();

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(contract.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse());
  }
}
