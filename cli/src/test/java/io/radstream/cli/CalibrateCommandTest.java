package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateCommandTest {

  @TempDir private Path store;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--panel=p.jsonl | name what to calibrate: --checkpoint, --line or --follow",
        "--panel=p.jsonl --follow --checkpoint=d | leave out --checkpoint",
        "--panel=p.jsonl --line=chest --familiar=-1 | --familiar is from 0 to 4096",
        "--panel=p.jsonl --line=chest --familiar=4097 | --familiar is from 0 to 4096",
        "--panel-offsets=3-1 --line=chest | not PARTITION:FROM-TO",
      })
  void shouldSayWhatIsWrongWithTheOptions(String options, String message) {
    List<String> words = new ArrayList<>(List.of("calibrate"));
    words.addAll(List.of(options.strip().split(" ")));

    Invocation invocation = Invocation.of(words.toArray(String[]::new));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message.strip());
  }

  @Test
  void shouldSayThatThereIsNoCheckpoint() {
    Invocation invocation =
        Invocation.of("calibrate", "--store=" + store, "--line=chest", "--panel=p.jsonl");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("there is no checkpoint of line chest");
  }
}
