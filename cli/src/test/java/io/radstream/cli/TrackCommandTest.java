package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class TrackCommandTest {

  @TempDir private Path directory;

  @Test
  void shouldTellTensorBoardOfARunOfBefore(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 8);
    List<String> words = new ArrayList<>(TupleTopic.train(connection, tokenizer, directory));
    words.add("--steps=2");
    String run = Invocation.of(words.toArray(String[]::new)).json().get("run_id").asText();
    Path logs = directory.resolve("logs");

    Invocation told =
        Invocation.on(connection, "track", "tensorboard", "--line=tiny", "--log-dir=" + logs);

    // Two steps and a checkpoint.
    assertThat(told.json().get("records").asLong()).isEqualTo(3);
    try (Stream<Path> files = Files.list(logs.resolve("tiny").resolve(run))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .satisfiesExactlyInAnyOrder(
              name -> assertThat(name).startsWith("events.out.tfevents."),
              name -> assertThat(name).isEqualTo("settings"));
    }
    assertThat(
            Invocation.on(connection, "track", "tensorboard", "--line=x", "--log-dir=" + logs)
                .json()
                .get("records")
                .asLong())
        .isZero();
  }

  @Test
  void shouldRefuseWhatIsNoServer(KafkaConnection connection) {
    Invocation refused = Invocation.on(connection, "track", "mlflow", "--tracking-uri=chest");

    assertThat(refused.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(refused.err()).contains("--tracking-uri", "http://");
  }
}
