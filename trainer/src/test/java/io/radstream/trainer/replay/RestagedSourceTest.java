package io.radstream.trainer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestagedSourceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      value = {
        "again.                   |       | again. | ''",
        "north=again.             | north | again. | ''",
        "north=                   | north | ''     | ''",
        "again.,other.properties  |       | again. | other.properties",
        "',other.properties'      |       | ''     | other.properties",
        "north=a.,dir/k=1.conf    | north | a.     | dir/k=1.conf",
        "a.,dir/k=1.conf          |       | a.     | dir/k=1.conf",
      })
  void shouldTellNamePrefixAndClusterApart(
      String text, String name, String prefix, String kafkaConfig) {
    RestagedSource source = RestagedSource.of(text);

    assertThat(source)
        .isEqualTo(new RestagedSource(Optional.ofNullable(name), prefix, kafkaConfig));
  }
}
