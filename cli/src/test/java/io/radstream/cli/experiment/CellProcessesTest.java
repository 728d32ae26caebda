package io.radstream.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.experiments.plan.Cell;
import io.radstream.experiments.plan.Initialisation;
import io.radstream.experiments.plan.Origin;
import io.radstream.experiments.plan.Target;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellProcessesTest {

  /** Says which options its Java has. */
  static final class Told {

    private Told() {}

    public static void main(String[] words) {
      System.out.println(options());
      System.out.println(String.join(" ", words));
    }
  }

  @TempDir private Path logs;

  private static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }

  @Test
  void shouldGiveACellTheOptionsOfThisJava() throws Exception {
    // Given: what the tests' Java was given, the size of its heap among it
    List<String> own =
        options().stream().filter(option -> option.matches("-Xm.*|-D.*|-XX:.*")).toList();
    CellProcesses processes =
        new CellProcesses(Told.class.getName(), List.of("experiment", "run"), logs, cell -> true);

    // When
    boolean done = processes.run(cell());

    // Then
    assertThat(done).isTrue();
    assertThat(own).anyMatch(option -> option.startsWith("-Xmx"));
    assertThat(Files.readString(logs.resolve("chest-scratch-100-r1.log")))
        .contains(own)
        .contains("experiment run --only=chest-scratch-100-r1");
  }

  private static Cell cell() {
    Initialisation scratch =
        new Initialisation(
            "scratch", "From scratch", Optional.empty(), new Origin.Stored("store"), List.of());
    Target chest =
        new Target(
            "chest",
            "Chest",
            Optional.empty(),
            "phantoms",
            "phantoms",
            List.of("effusion"),
            1,
            List.of(),
            List.of(1.0),
            Target.Split.TEST);
    return new Cell(scratch, chest, 1.0, 1, 1, "line", "fingerprint");
  }
}
