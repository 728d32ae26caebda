package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishDicomListenTest {

  private static Invocation run(String... options) {
    List<String> words = new ArrayList<>(List.of("publish", "dicom-listen", "--demo-key"));
    words.addAll(List.of(options));
    return Invocation.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host=0.0.0.0 | who may send is not said",
        "--port=70000 | 0 to 65535 are ports",
        "--aet=A_TITLE_THAT_IS_TOO_LONG | an AE title has 1 to 16",
        "--allow=A\\B | an AE title has 1 to 16",
        "--allow=CR@no.such.host.invalid | the host no.such.host.invalid is not known",
        "--max-associations=0 | at least one association",
        "--max-object=200000 | give Java more with -Xmx",
        "--idle-timeout=0s | too short",
        "--tls-keystore=keys.p12 | --tls-password-file is needed",
        "--tls-truststore=trust.p12 | --tls-keystore is needed",
        "--unwanted=MAYBE | expected one of [WARNING, SUCCESS, FAILURE]",
      })
  void shouldSayWhatIsWrongWithAnOption(String option, String message) {

    Invocation invocation = run(option);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message);
  }

  @Test
  void shouldNameAKeyStoreThatIsNone(@TempDir Path directory) throws Exception {
    Path keys = Files.writeString(directory.resolve("keys.p12"), "none");
    Path password = Files.writeString(directory.resolve("password"), "very secret\n");

    Invocation invocation = run("--tls-keystore=" + keys, "--tls-password-file=" + password);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("keys.p12").doesNotContain("very secret");
  }
}
