package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.ClusterSettings;
import io.radstream.cli.embedded.Distribution;
import io.radstream.cli.embedded.EmbeddedCluster;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
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
    KafkaConnection north = TupleTopic.prefixed(cluster, "north.");
    ClusterSettings settings = ClusterSettings.in(directory.resolve("south"));
    try (EmbeddedCluster second = EmbeddedCluster.start(settings, Distribution.ofThisProcess())) {
      KafkaConnection south = TupleTopic.prefixed(second.connection(), "south.");
      Path tokenizer = TupleTopic.tokenizer(directory);
      fill(north, tokenizer, 20);
      fill(south, tokenizer, 12);
      Invocation.on(south, "withdraw", "--study=study-3", "--settle=0s").json();

      JsonNode trained = train(north, south, tokenizer).json();
      JsonNode replayed =
          Invocation.on(north, "replay", "--run=" + trained.get("run_id").asText()).json();
      JsonNode lineage = Invocation.on(north, "lineage", "--study=study-4").json();

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
      assertThat(Invocation.on(north, "lineage", "--study=study-3").json().at("/runs")).isEmpty();
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
}
