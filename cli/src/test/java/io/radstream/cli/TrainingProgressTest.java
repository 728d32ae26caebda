package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

  private final StringWriter terminal = new StringWriter();
  private final TrainingProgress progress = new TrainingProgress(new PrintWriter(terminal));

  @Test
  void shouldSayNowAndThenWhatIsWaitedForAndWhere() {
    for (int second = 0; second <= 40; second++) {
      progress.waiting(3, 32, "site.tuples.train");
    }

    assertThat(terminal.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.contains("3 of 32") && line.contains("topic site.tuples.train"));
    assertThat(terminal.toString().lines())
        .filteredOn(line -> line.contains("does the stage run"))
        .extracting(line -> line.replaceAll(".*after (\\d+) s.*", "$1"))
        .containsExactly("10", "20", "40");
  }

  @Test
  void shouldSayThatMoreHaveCome() {
    progress.waiting(3, 32, "tuples.train");
    progress.waiting(4, 32, "tuples.train");

    assertThat(terminal.toString().lines()).last().asString().contains("4 of 32");
  }
}
