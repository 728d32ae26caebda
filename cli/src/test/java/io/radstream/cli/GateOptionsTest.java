package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.serving.panel.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateOptionsTest {

  @TempDir private Path directory;

  private void image(String name, int brightness) throws IOException {
    byte[] pixels = new byte[32 * 32];
    Arrays.fill(pixels, (byte) brightness);
    Files.write(directory.resolve(name), ImageEncoder.png(new GrayImage(32, 32, pixels)));
  }

  private Path panel(String... lines) throws IOException {
    return Files.write(directory.resolve("panel.jsonl"), List.of(lines));
  }

  private static Invocation serve(String... options) {
    String[] all = Arrays.copyOf(options, options.length + 3);
    all[options.length] = "--bootstrap=localhost:1";
    all[options.length + 1] = "--registry=http://localhost:1";
    all[options.length + 2] = "--policy=gate";
    String[] words = new String[all.length + 1];
    words[0] = "serve";
    System.arraycopy(all, 0, words, 1, all.length);
    return Invocation.of(words);
  }

  @Test
  void shouldReadWhatPublishJsonlReads() throws Exception {
    image("secret-pa.png", 50);
    image("secret-lateral.png", 60);
    image("other.png", 70);
    panel(
        "{\"patient\":\"62\",\"study\":\"a\",\"images\":[{\"file\":\"secret-pa.png\"}]}",
        "",
        "{\"patient\":\"62\",\"study\":\"a\",\"images\":[{\"file\":\"secret-lateral.png\"}],"
            + "\"labels\":{\"effusion\":1,\"nodule\":null,\"mass\":0.4}}",
        "{\"patient\":\"63\",\"text\":\"Normal.\",\"images\":[{\"file\":\"other.png\"}],"
            + "\"labels\":{\"effusion\":false}}");

    Panel read = new PanelFile(directory).read();

    assertThat(read.studies()).hasSize(2);
    assertThat(read.studies().get(0).views().received()).hasSize(2);
    assertThat(read.studies().get(0).labels()).isEqualTo(Map.of("effusion", true));
    assertThat(read.studies().get(1).labels()).isEqualTo(Map.of("effusion", false));
    assertThat(read.studies().get(0).patient()).isNotEqualTo(read.studies().get(1).patient());
    assertThat(read.digest())
        .isEqualTo(new PanelFile(directory.resolve("panel.jsonl")).read().digest());
  }

  @Test
  void shouldSayWhichLineIsWrong() throws Exception {
    image("good.png", 50);
    Path panel =
        panel(
            "{\"patient\":\"62\",\"study\":\"a\",\"images\":[{\"file\":\"good.png\"}],"
                + "\"labels\":{\"effusion\":1}}",
            "{\"patient\":\"63\",\"study\":\"b\",\"images\":[{\"file\":\"gone.png\"}],"
                + "\"labels\":{\"effusion\":0}}");

    Invocation serve = serve("--panel=" + panel);

    assertThat(serve.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(serve.err())
        .contains("the panel cannot be used: line 2: image 1: the file does not exist")
        .doesNotContain("gone.png");
  }

  @Test
  void shouldSayWhichImageCannotBeRead() throws Exception {
    Files.write(directory.resolve("broken.png"), new byte[] {1, 2, 3});
    Path panel =
        panel(
            "{\"patient\":\"62\",\"study\":\"a\",\"images\":[{\"file\":\"broken.png\"}],"
                + "\"labels\":{\"effusion\":1}}");

    Invocation serve = serve("--panel=" + panel);

    assertThat(serve.err()).contains("line 1: view 1: ").doesNotContain("broken");
  }

  @Test
  void shouldSayThatADirectoryHasNoPanel() {
    Invocation serve = serve("--panel=" + directory);

    assertThat(serve.err()).contains("the directory has 0 files that end in .jsonl");
  }

  @Test
  void shouldSayThatThePanelSaysNothing() throws Exception {
    image("good.png", 50);
    Path panel = panel("{\"patient\":\"62\",\"study\":\"a\",\"images\":[{\"file\":\"good.png\"}]}");

    Invocation serve = serve("--panel=" + panel);

    assertThat(serve.err()).contains("no study of the panel has a label");
  }

  @Test
  void shouldRefuseAPanelByWhichNothingCanBeJudged() throws Exception {
    Path panel = LabelledPanel.write(directory, 18);

    Invocation serve = serve("--panel=" + panel);

    assertThat(serve.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(serve.err())
        .contains("no finding is there in studies of at least 10 patients", "--gate-studies");
  }

  @ParameterizedTest
  @CsvSource({
    "--gate-level=0.95, needs one panel",
    "--panel-offsets=0:5-3, not a range of offsets",
    "--panel-offsets=0-3, not PARTITION:FROM-TO",
    "--gate-level=1, between 0 and 1",
    "--gate-level=0.9999999999999999, a millionth from either at least",
    "--gate-level=1e-17, a millionth from either at least",
    "--gate-studies=0, at least 1 patient",
    "--gate-moved=2, a score moves by 0 to 1"
  })
  void shouldSayWhatIsWrongWithTheOptions(String option, String message) {
    Invocation serve = serve(option);

    assertThat(serve.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(serve.err()).contains(message);
  }

  @Test
  void shouldNotTakeAPanelForNothing() {
    Invocation serve =
        Invocation.of(
            "serve",
            "--panel=panel.jsonl",
            "--bootstrap=localhost:1",
            "--registry=http://localhost:1");

    assertThat(serve.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(serve.err()).contains("go with --policy gate");
  }
}
