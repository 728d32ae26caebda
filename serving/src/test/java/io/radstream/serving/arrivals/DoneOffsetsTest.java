package io.radstream.serving.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.arrivals.DoneOffsets.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoneOffsetsTest {

  @ParameterizedTest
  @CsvSource({
    "'', 0, 5, '0-5'",
    "'0-5', 5, 9, '0-9'",
    "'0-5', 7, 9, '0-5,7-9'",
    "'7-9', 0, 5, '0-5,7-9'",
    "'0-5,7-9', 5, 7, '0-9'",
    "'0-5,7-9', 3, 20, '0-20'",
    "'0-20', 3, 5, '0-20'",
  })
  void shouldTakeMoreIn(String before, long begin, long end, String after) {
    assertThat(DoneOffsets.parse(before).with(new Span(begin, end))).hasToString(after);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 5, '0-5'",
    "'0-5', 0, 5, ''",
    "'0-5', 3, 9, '5-9'",
    "'3-5', 0, 9, '0-3,5-9'",
    "'0-2,4-6', 1, 5, '2-4'",
    "'200-300', 0, 100, '0-100'",
  })
  void shouldTellWhatIsLeft(String done, long begin, long end, String left) {
    assertThat(new DoneOffsets(DoneOffsets.parse(done).leftOf(new Span(begin, end))))
        .hasToString(left);
  }

  @Test
  void shouldKeepWhatItSays() {
    DoneOffsets done = DoneOffsets.NONE.with(new Span(0, 3)).with(new Span(5, 8));

    assertThat(DoneOffsets.parse(done.toString())).isEqualTo(done);
  }
}
