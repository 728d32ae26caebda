package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code calibrate --follow} as a process of its own that is told to stop. */
@ExtendWith(SharedCluster.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a pipe may hang for ever
class CalibrateFollowTest {

  private static final String CHECKPOINT = "tiny/000000002";

  @TempDir private static Path folder;
  @TempDir private Path store;
  private Path checkpoint;

  @BeforeAll
  static void train(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(folder);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 16);
    List<String> words =
        new ArrayList<>(TupleTopic.train(connection, tokenizer, folder.resolve("trained")));
    words.add("--steps=2");
    Invocation.of(words.toArray(String[]::new)).json();
    LabelledPanel.write(folder, 4);
  }

  @BeforeEach
  void copy() throws IOException {
    checkpoint = Files.createDirectories(store.resolve(CHECKPOINT));
    for (Path file : files(folder.resolve("trained").resolve(CHECKPOINT))) {
      Files.copy(file, checkpoint.resolve(file.getFileName()));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private Process follow(KafkaConnection connection) throws IOException {
    return CommandProcess.on(
            connection,
            "calibrate",
            "--follow",
            "--json",
            "--familiar=0",
            "--panel=" + folder.resolve("panel.jsonl"),
            "--store=" + store)
        .redirectErrorStream(true)
        .start();
  }

  private static void awaitLine(BufferedReader said, String beginning) throws IOException {
    List<String> before = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(beginning)) {
        return;
      }
      before.add(line);
    }
    throw new AssertionError("it ended before: " + before);
  }

  /** In the place of a file, so that whoever reads it waits; opened once it does. */
  private static OutputStream pipe(Path file) throws Exception {
    return Files.newOutputStream(file, StandardOpenOption.WRITE);
  }

  private static byte[] replaceByAPipe(Path file) throws Exception {
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    assumeTrue(
        new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "there is no mkfifo");
    return content;
  }

  @Test
  void shouldEndWhileItWaitsForTheNextCheckpoint(KafkaConnection connection) throws Exception {
    List<Path> before = files(checkpoint);
    Process process = follow(connection);
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      awaitLine(said, "checkpoint tiny-000000002");

      CommandProcess.terminate(process);

      assertThat(said.lines()).contains("{\"calibrated\":1}");
      assertThat(process.waitFor()).isEqualTo(CommandProcess.TERMINATED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(files(checkpoint))
        .containsAll(before)
        .contains(checkpoint.resolve("calibration.json"));
    assertThat(files(checkpoint.getParent())).containsExactly(checkpoint);
  }

  @Test
  void shouldWriteNothingOfWhatItIsStoppedIn(KafkaConnection connection) throws Exception {
    List<Path> before = files(checkpoint);
    Path state = checkpoint.resolve("state.json");
    byte[] content = replaceByAPipe(state);
    Process process = follow(connection);
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      try (OutputStream pipe = pipe(state)) {
        CommandProcess.terminate(process);
        awaitLine(said, "Stopping");
        Files.delete(state);
        Files.write(state, content);

        pipe.write(content);
      }

      assertThat(said.lines()).contains("{\"calibrated\":0}");
      assertThat(process.waitFor()).isEqualTo(CommandProcess.TERMINATED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(files(checkpoint)).isEqualTo(before);
    assertThat(files(checkpoint.getParent())).containsExactly(checkpoint);
  }

  @Test
  void shouldEndAtTheSecondSignal(KafkaConnection connection) throws Exception {
    Path state = checkpoint.resolve("state.json");
    replaceByAPipe(state);
    Process process = follow(connection);
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        OutputStream hangs = pipe(state)) {
      assertThat(hangs).isNotNull();
      CommandProcess.terminate(process);
      awaitLine(said, "Stopping");

      CommandProcess.terminateAgain(process);

      assertThat(said.lines()).isEmpty();
      assertThat(process.waitFor()).isEqualTo(CommandProcess.TERMINATED);
    } finally {
      process.destroyForcibly();
    }
  }
}
