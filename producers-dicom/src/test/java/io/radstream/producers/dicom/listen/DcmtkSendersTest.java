package io.radstream.producers.dicom.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.radstream.producers.dicom.write.FileMeta;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sender that others wrote: where it is installed. */
class DcmtkSendersTest {

  private static final Path PROGRAMS = Path.of("/usr/bin");

  private record Run(int code, String output) {}

  private static Run run(String program, Running running, List<String> arguments)
      throws IOException, InterruptedException {
    assumeThat(PROGRAMS.resolve(program))
        .as("%s of dcmtk is not installed: nothing is tried with it", program)
        .isExecutable();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program, "-d", "-aet", "MODALITY", "-aec", "RADSTREAM"));
    command.addAll(List.of("127.0.0.1", Integer.toString(running.port())));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    return new Run(process.waitFor(), output);
  }

  private static String file(Path directory, ChestImage image) throws IOException {
    Path file = directory.resolve(image.uid() + ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(FileMeta.of(ChestImage.DIGITAL_XRAY, image.uid(), ChestImage.EXPLICIT_LITTLE));
      out.write(image.dataSet());
    }
    return file.toString();
  }

  @Test
  void shouldAnswerAnEcho() throws Exception {
    try (Running running = new Running(HeldSink.acknowledging())) {

      Run echo = run("echoscu", running, List.of());

      assertThat(echo.code()).as(echo.output()).isZero();
      assertThat(echo.output()).contains("RADSTREAM");
    }
  }

  @Test
  void shouldStoreWhatIsSent(@TempDir Path directory) throws Exception {
    HeldSink cluster = HeldSink.acknowledging();
    try (Running running = new Running(cluster)) {
      String first = file(directory, new ChestImage("1.2.7", "A1", "CHEST", 700));
      String knee = file(directory, ChestImage.ofKnee("1.2.8"));
      String last = file(directory, ChestImage.of("1.2.9", "A1"));

      Run store = run("storescu", running, List.of(first, knee, last));

      assertThat(store.code()).as(store.output()).isZero();
      assertThat(store.output()).contains("0x0000: Success").contains("0xb006");
      assertThat(cluster.next().part().views().get(0).key()).isEqualTo("1.2.7");
      assertThat(cluster.next().part().views().get(0).key()).isEqualTo("1.2.9");
    }
  }
}
