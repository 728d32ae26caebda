package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.crosswalk.CrosswalkWriter;
import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.Pseudonymizer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsMapsOptionsTest {

  @TempDir private Path folder;

  @BeforeEach
  void beginCrosswalk() throws Exception {
    try (CrosswalkWriter crosswalk =
        CrosswalkWriter.open(folder.resolve("crosswalk"), Pseudonymizer.demo().key())) {
      crosswalk.note("study", KnownStudy.UNKNOWN);
    }
  }

  private Invocation results(String... more) {
    return Invocation.of(
        Stream.concat(
                Stream.of(
                    "results",
                    "--demo-key",
                    "--bootstrap=127.0.0.1:1",
                    "--registry=http://127.0.0.1:1",
                    "--crosswalk=" + folder.resolve("crosswalk")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void shouldSayThatPicturesNeedAnArchive() {
    Invocation invocation = results("--maps-store=" + folder, "--fhir-dir=" + folder);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--maps-store", "--dicom or --stow");
  }

  @Test
  void shouldRefuseAStoreThatIsNotThere() {
    Invocation invocation =
        results("--maps-store=" + folder.resolve("none"), "--stow=http://127.0.0.1:1");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--maps-store: there is no directory");
  }

  @Test
  void shouldRefuseAThresholdThatIsNoProbability() {
    Invocation invocation =
        results("--maps-store=" + folder, "--maps-above=70", "--stow=http://127.0.0.1:1");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--maps-above", "from 0 to 1");
  }

  @Test
  void shouldSayThatAThresholdNeedsAStore() {
    Invocation invocation = results("--maps-above=0.7", "--stow=http://127.0.0.1:1");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--maps-above", "without --maps-store");
  }
}
