package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeCommandTest {

  @ParameterizedTest
  @CsvSource({
    "--model=radstream=labels, a model's name",
    "--model=a/b, a model's name",
    "--max-batch=1025, a batch holds 1 to 1024 studies",
    "--drain-delay=-1s, --drain-delay",
    "--drain-timeout=soon, --drain-timeout",
    "--threads=0, '--threads: at least 1, not 0'",
    "--model=night=absent.yaml, --model: no such file: absent.yaml",
    "--prompts=absent.yaml, --prompts: no such file: absent.yaml",
    "--prompts=src, --prompts: src is a directory",
    "--policy=gate --panel=absent.jsonl, no such file: absent.jsonl",
    "--store=pom.xml, pom.xml is not a directory",
    "--search=0, an index holds 1 to",
  })
  void shouldRefuseWhatCannotBeServed(String options, String message) {
    Invocation invocation = serve(options.split(" ", -1));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message);
  }

  @Test
  void shouldTakeANameAloneForTheLabelHead() {
    // Gets as far as a device that no machine has.
    Invocation invocation = serve("--model", "taught", "--device=cuda:120");

    assertThat(invocation.err()).contains("cuda:120");
  }

  private static Invocation serve(String... options) {
    String[] words = new String[options.length + 3];
    words[0] = "serve";
    words[1] = "--bootstrap=127.0.0.1:1";
    words[2] = "--registry=http://127.0.0.1:1";
    System.arraycopy(options, 0, words, 3, options.length);
    return Invocation.of(words);
  }
}
