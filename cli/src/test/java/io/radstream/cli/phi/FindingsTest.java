package io.radstream.cli.phi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {

  private final Aviary aviary = new Aviary(3).in("radiograph of study 3");
  private final String name = aviary.name("DICOM (0010,0010)");
  private final Findings findings = new Findings(new CanarySearch(aviary.all()));

  @Test
  void shouldTellWhereInAFile(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("log"), "two\nlines " + name);

    findings.files(folder);

    assertThat(findings.all()).containsExactly(leak("file log, byte 10"));
  }

  @Test
  void shouldTellOfTheNameOfAFileWithoutTellingIt(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve(name + ".dcm"), name);

    findings.files(folder);

    assertThat(findings.all())
        .contains(leak("the name of a file"))
        .hasSize(2)
        .allSatisfy(leak -> assertThat(leak.found()).doesNotContain(name));
  }

  @Test
  void shouldTellOfWhichMetric() {
    String page = "# HELP x\nradstream_studies_total{study=\"" + name + "\"} 1\n";

    findings.page("/metrics", page.getBytes(StandardCharsets.UTF_8));

    assertThat(findings.all())
        .containsExactly(leak("page /metrics, line 2, metric radstream_studies_total"));
  }

  private static Leak leak(String found) {
    return new Leak("DICOM (0010,0010)", "radiograph of study 3", found);
  }
}
