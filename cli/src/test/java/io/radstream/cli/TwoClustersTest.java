package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.TopicSetup;
import io.radstream.trainer.kafka.KafkaClients;
import io.radstream.trainer.ledger.LedgerReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One run over two hospitals, each with a broker and a registry of its own. */
@ExtendWith(SharedCluster.class)
class TwoClustersTest {

  @TempDir private Path directory;

  @Test
  void shouldReadBothHeedTheWithdrawalsOfEachAndReplay(KafkaConnection cluster) throws Exception {
    KafkaConnection north = prefixed(cluster, "north.");
    ClusterSettings settings = ClusterSettings.in(directory.resolve("south"));
    try (EmbeddedCluster second = EmbeddedCluster.start(settings, Distribution.ofThisProcess())) {
      KafkaConnection south = prefixed(second.connection(), "south.");
      Path tokenizer = TupleTopic.tokenizer(directory);
      fill(north, tokenizer, 20);
      fill(south, tokenizer, 12);
      done(command("withdraw", south, "--study=study-3", "--settle=0s"));

      JsonNode trained = done(train(north, south, tokenizer));
      JsonNode replayed = done(command("replay", north, "--run=" + trained.get("run_id").asText()));
      JsonNode lineage = done(command("lineage", north, "--study=study-4"));

      assertThat(trained.get("studies").asInt()).isEqualTo(32);
      List<StudyRead> reads = reads(north);
      assertThat(reads).hasSize(12 * 8);
      assertThat(reads)
          .extracting(read -> read.getSource() + " " + read.getTuple().getTopic())
          .containsOnly("north " + train(north), "south " + train(south));
      assertThat(replayed.get("identical").asBoolean()).isTrue();
      assertThat(lineage.at("/runs"))
          .extracting(run -> run.get("source").asText())
          .containsExactly("north", "south");
      assertThat(done(command("lineage", north, "--study=study-3")).at("/runs")).isEmpty();
    }
  }

  private static String train(KafkaConnection connection) {
    return connection.topics().of(Topic.TUPLES_TRAIN);
  }

  private static void fill(KafkaConnection connection, Path tokenizer, int studies)
      throws Exception {
    new TopicSetup(connection).create(2);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, studies);
  }

  private Invocation train(KafkaConnection north, KafkaConnection south, Path tokenizer)
      throws IOException {
    Path properties =
        Files.writeString(
            directory.resolve("south.properties"),
            "bootstrap.servers=%s%nschema.registry.url=%s%n"
                .formatted(south.bootstrap(), south.registry()));
    List<String> arguments =
        new ArrayList<>(TupleTopic.train(north, tokenizer, directory.resolve("store")));
    arguments.add("--steps=12");
    arguments.add(
        "--set=sources=[{name: north, topicPrefix: '%s'}, {name: south, topicPrefix: '%s', kafkaConfig: '%s'}]"
            .formatted(north.topics().prefix(), south.topics().prefix(), properties));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private static List<StudyRead> reads(KafkaConnection connection) {
    List<StudyRead> reads = new ArrayList<>();
    new LedgerReader(KafkaClients.of(connection), connection)
        .forEach(entry -> reads.addAll(entry.record().getReads()));
    return reads;
  }

  private static Invocation command(String name, KafkaConnection connection, String... further) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                name,
                "--json",
                "--bootstrap=" + connection.bootstrap(),
                "--registry=" + connection.registry(),
                "--topic-prefix=" + connection.topics().prefix()));
    arguments.addAll(List.of(further));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private static JsonNode done(Invocation invocation) throws IOException {
    assertThat(invocation.exitCode()).describedAs(invocation.err()).isEqualTo(Radstream.DONE);
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  private static KafkaConnection prefixed(KafkaConnection cluster, String prefix) {
    return new KafkaConnection(
        cluster.bootstrap(),
        cluster.registry(),
        new TopicNames(cluster.topics().prefix() + prefix));
  }
}
