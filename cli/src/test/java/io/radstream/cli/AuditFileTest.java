package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AuditFileTest {

  private static final String LINE = "{\"what\":\"POST /v1/score\",\"outcome\":\"done\"}";

  @Test
  @EnabledOnOs(OS.LINUX) // which has a file that is always full
  void shouldTellOfADiskThatIsFull() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      AuditFile audit = new AuditFile(Path.of("/dev/full"));
      LoggerFactory.getLogger("radstream.audit").info("who did what");
      audit.close();

      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("lines of the audit log are lost"))
          .noneMatch(line -> line.contains("who did what"));
    }
  }

  /** In a process that may write a kilobyte to a file, which is not where a line ends. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldLeaveNoHalfOfALineWhereTheDiskIsFull(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("audit.jsonl");
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -f 1; exec \"$0\" -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(Files.readString(file)).endsWith(LINE + "\n");
    assertThat(Files.readAllLines(file)).hasSize(1024 / (LINE.length() + 1)).containsOnly(LINE);
  }

  /** Writes more lines than there is room for. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      AuditFile audit = new AuditFile(Path.of(arguments[0]));
      for (int i = 0; i < 100; i++) {
        LoggerFactory.getLogger("radstream.audit").info(LINE);
      }
      audit.close();
    }
  }

  /** A logger whose lines go there and nowhere else. */
  private static Logger writing(WholeLines lines) {
    Logger logger = (Logger) LoggerFactory.getLogger("a test of lines");
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    lines.start();
    logger.addAppender(lines);
    return logger;
  }

  @Test
  void shouldPutFilesAsideThatAreFull(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("audit.jsonl");
    WholeLines lines = new WholeLines(file, 10, 2);
    Logger logger = writing(lines);

    List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
        .forEach(logger::info);
    logger.detachAppender(lines);
    lines.stop();

    assertThat(Files.readAllLines(file)).containsExactly("seventh");
    assertThat(Files.readAllLines(folder.resolve("audit.jsonl.1")))
        .containsExactly("fifth", "sixth");
    assertThat(Files.readAllLines(folder.resolve("audit.jsonl.2")))
        .containsExactly("third", "fourth");
    assertThat(folder.resolve("audit.jsonl.3")).doesNotExist();
  }

  /** A folder stands where the new file is to be made, as where there is no room for one. */
  @Test
  void shouldKeepOlderFilesWhereNoNewOneCanBeMade(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("audit.jsonl");
    WholeLines lines = new WholeLines(file, 10, 2);
    Logger logger = writing(lines);

    List.of("first", "second", "third", "fourth").forEach(logger::info);
    Files.createDirectory(folder.resolve("audit.jsonl.new"));
    List.of("lost", "lost too", "lost as well").forEach(logger::info);
    Files.delete(folder.resolve("audit.jsonl.new"));
    logger.info("fifth");
    logger.detachAppender(lines);
    lines.stop();

    assertThat(Files.readAllLines(file)).containsExactly("fifth");
    assertThat(Files.readAllLines(folder.resolve("audit.jsonl.1")))
        .containsExactly("third", "fourth");
    assertThat(Files.readAllLines(folder.resolve("audit.jsonl.2")))
        .containsExactly("first", "second");
  }
}
