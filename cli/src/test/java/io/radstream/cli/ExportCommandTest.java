package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link TrainCommandTest} exports a checkpoint that it trained. */
class ExportCommandTest {

  @TempDir private Path directory;

  @Test
  void shouldSayThatThereIsNoCheckpoint() {
    Path nothing = directory.resolve("nothing");
    Path out = directory.resolve("out");

    Invocation invocation =
        Invocation.of("export", "--checkpoint", nothing.toString(), "--out", out.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--checkpoint: no such file: " + nothing);
    assertThat(out).doesNotExist();
  }

  @Test
  void shouldAskForWhereToWrite() {
    Invocation invocation = Invocation.of("export", "--checkpoint", directory.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--out");
  }
}
