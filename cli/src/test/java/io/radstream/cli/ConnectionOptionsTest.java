package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ConnectionOptionsTest {

  @TempDir private Path directory;

  @Test
  void shouldConnectToTheNamedCluster() {
    ConnectionOptions options =
        parse("--bootstrap", "broker:9092", "--registry", "http://reg", "--topic-prefix", "north.");

    assertThat(options.connection())
        .isEqualTo(new KafkaConnection("broker:9092", "http://reg", new TopicNames("north.")));
  }

  @Test
  void shouldReadKafkasOwnPropertiesFormat() throws IOException {
    Path file =
        file(
            """
            bootstrap.servers=broker:9092
            schema.registry.url=http://reg
            security.protocol=SSL
            """);

    KafkaConnection connection = parse("--kafka-config", file.toString()).connection();

    assertThat(connection)
        .isEqualTo(
            new KafkaConnection(
                "broker:9092",
                "http://reg",
                new TopicNames(""),
                Map.of("security.protocol", "SSL")));
  }

  @Test
  void shouldPreferTheOptionToTheFile() throws IOException {
    Path file = file("bootstrap.servers=a:1\nschema.registry.url=http://reg\n");

    KafkaConnection connection =
        parse("--kafka-config", file.toString(), "--bootstrap", "b:2").connection();

    assertThat(connection.clientConfig()).containsEntry("bootstrap.servers", "b:2");
  }

  @Test
  void shouldSayWhatIsMissing() {
    ConnectionOptions options = parse("--bootstrap", "broker:9092");

    assertThatThrownBy(options::connection)
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "Missing option: --registry URL (or schema.registry.url in --kafka-config FILE)");
    assertThatThrownBy(options::connectionIfGiven).isInstanceOf(ParameterException.class);
  }

  @Test
  void shouldBeEmptyWhereNoClusterIsNamed() {
    assertThat(parse().connectionIfGiven()).isEmpty();
  }

  @Test
  void shouldRefuseAPrefixThatKafkaWouldRefuse() {
    ConnectionOptions options =
        parse("--bootstrap", "b:1", "--registry", "http://reg", "--topic-prefix", "a b");

    assertThatThrownBy(options::connection)
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--topic-prefix");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("client.properties"), content);
  }

  private static ConnectionOptions parse(String... args) {
    Probe probe = new Probe();
    new CommandLine(probe).parseArgs(args);
    return probe.connection;
  }

  @Command(name = "probe")
  private static final class Probe {
    @Mixin private ConnectionOptions connection;
  }
}
