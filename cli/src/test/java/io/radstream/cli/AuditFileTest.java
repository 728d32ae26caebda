package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.LoggerFactory;

class AuditFileTest {

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
}
