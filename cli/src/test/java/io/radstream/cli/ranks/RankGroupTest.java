package io.radstream.cli.ranks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts as ranks: the first has what follows {@code --rank=0}. */
@Timeout(60)
class RankGroupTest {

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path directory;

  /** Once, with no restart. */
  private int run(String first, String other) throws Exception {
    String script =
        "cd '%s'; case \"$1\" in --rank=0) %s ;; *) %s ;; esac".formatted(directory, first, other);
    List<String> command = List.of("sh", "-c", script, "rank");
    RankGroup.Plan plan = new RankGroup.Plan(command, command, 2, 0, SHORT, LONG);
    return new RankGroup(plan, new PrintWriter(new StringWriter())).run();
  }

  @Test
  void shouldLetTheFirstWriteItsCheckpointWhereAnotherGoes() throws Exception {
    int code = run("trap '' TERM; sleep 1; touch checkpoint; exit 75", "exit 75");

    assertThat(code).isEqualTo(RankGroup.START_AGAIN);
    assertThat(directory.resolve("checkpoint")).exists();
  }

  @Test
  void shouldBeginAgainSoonWhereTheFirstDoesNotKnowThatAnotherHasGone() throws Exception {
    int code = run("trap 'touch asked; exit 143' TERM; while :; do sleep 0.1; done", "kill -9 $$");

    assertThat(code).isEqualTo(RankGroup.START_AGAIN);
    assertThat(directory.resolve("asked")).exists();
  }

  @Test
  void shouldNotWaitLongForAnotherThatDoesNotEnd() throws Exception {
    int code = run("exit 0", "sleep 50");

    assertThat(code).isZero();
  }

  @Test
  void shouldAskTheFirstToStopWhereAnotherCannotDoWhatItIsTold() throws Exception {
    int code = run("trap 'touch checkpoint; exit 143' TERM; while :; do sleep 0.1; done", "exit 2");

    assertThat(code).isEqualTo(2);
    assertThat(directory.resolve("checkpoint")).exists();
  }
}
