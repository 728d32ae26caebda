package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same studies on a real broker twice, their transactions committed at other moments. */
@ExtendWith(SharedCluster.class)
class StagedTwiceTest {

  private static final int STUDIES = 40;

  @TempDir private Path directory;

  @Test
  void shouldLearnTheSameAndReplayOneFromTheOther(KafkaConnection cluster) throws Exception {
    KafkaConnection once = TupleTopic.prefixed(cluster, "once.");
    KafkaConnection again = TupleTopic.prefixed(cluster, "again.");
    Path tokenizer = TupleTopic.tokenizer(directory);
    stage(once, tokenizer, 17);
    stage(again, tokenizer, 3);

    JsonNode first = train(once, tokenizer, "once");
    JsonNode second = train(again, tokenizer, "again");
    String run = "--run=" + first.get("run_id").asText();
    JsonNode there =
        Invocation.on(once, "replay", run, "--sources", again.topics().prefix()).json();
    JsonNode here = Invocation.on(once, "replay", run, "--sources").json();

    assertThat(offsets(once)).isNotEqualTo(offsets(again));
    assertThat(second.get("loss_first")).isEqualTo(first.get("loss_first"));
    assertThat(second.get("loss_last")).isEqualTo(first.get("loss_last"));
    for (JsonNode replay : List.of(there, here)) {
      assertThat(replay.get("identical").asBoolean()).isTrue();
      assertThat(replay.get("steps").asInt()).isEqualTo(6);
    }
  }

  private static void stage(KafkaConnection connection, Path tokenizer, int transaction)
      throws Exception {
    new TopicSetup(connection).create(2);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, STUDIES, transaction);
  }

  private JsonNode train(KafkaConnection connection, Path tokenizer, String store)
      throws Exception {
    List<String> arguments =
        new ArrayList<>(TupleTopic.train(connection, tokenizer, directory.resolve(store)));
    arguments.add("--steps=6");
    return Invocation.of(arguments.toArray(String[]::new)).json();
  }

  private static List<String> offsets(KafkaConnection connection) {
    List<String> offsets = new ArrayList<>();
    String topic = connection.topics().of(Topic.TUPLES_TRAIN);
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic)) {
      scan.toEnd(record -> offsets.add(record.partition() + "@" + record.offset()));
    }
    return offsets.stream().sorted().toList();
  }
}
