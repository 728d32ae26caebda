package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class PublishDicomCommandTest {

  @Test
  void shouldPublishADirectoryAndThenOnlyWhatIsNew(KafkaConnection cluster, @TempDir Path directory)
      throws Exception {
    // Given
    Files.write(directory.resolve("one"), new SmallRadiograph("1", "CHEST").file());
    Files.write(directory.resolve("two"), new SmallRadiograph("2", "CHEST").file());
    Files.write(directory.resolve("hand"), new SmallRadiograph("3", "HAND").file());
    Files.writeString(directory.resolve("notes.txt"), "no DICOM");
    Invocation first = run(cluster, directory);
    Files.write(directory.resolve("three"), new SmallRadiograph("4", "CHEST").file());

    // When
    Invocation second = run(cluster, directory);

    // Then
    assertThat(first.exitCode()).as(first.err()).isEqualTo(Radstream.DONE);
    assertThat(json(first).get("sent").asLong()).isEqualTo(2);
    assertThat(json(first).get("refused").get("OTHER_EXAMINATION").asLong()).isEqualTo(1);
    assertThat(first.err())
        .contains("Passed over: 1 no DICOM, 0 published before.")
        .doesNotContain("hand");
    assertThat(json(second).get("sent").asLong()).isEqualTo(1);
    assertThat(second.err()).contains("2 published before.");
  }

  @Test
  void shouldSendCopiesOfAnInstanceOnce(KafkaConnection cluster, @TempDir Path directory)
      throws Exception {
    // Given
    for (int copy = 1; copy <= 6; copy++) {
      Files.write(directory.resolve("copy" + copy), new SmallRadiograph("8", "CHEST").file());
    }

    // When
    Invocation invocation = run(cluster, directory);

    // Then
    assertThat(invocation.exitCode()).as(invocation.err()).isEqualTo(Radstream.DONE);
    assertThat(json(invocation).get("sent").asLong()).isEqualTo(1);
    assertThat(invocation.err()).contains("5 published before.");
  }

  @Test
  void shouldSayThatThereIsNoSuchDirectory(KafkaConnection cluster, @TempDir Path directory) {
    // When
    Invocation invocation = run(cluster, directory.resolve("none"));

    // Then
    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("there is no such directory");
  }

  private static Invocation run(KafkaConnection cluster, Path directory) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "publish",
                "dicom",
                "--path",
                directory.toString(),
                "--demo-key",
                "--bootstrap",
                cluster.bootstrap(),
                "--registry",
                cluster.registry(),
                "--topic-prefix",
                cluster.topics().prefix(),
                "--json"));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private static JsonNode json(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
