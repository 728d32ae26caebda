package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import org.junit.jupiter.api.Test;

class MisspellingTest {

  @Test
  void shouldFindOneSlipWhereOneEditIsCounted() {
    CounterRandom random = CounterRandom.of(1, "words");
    for (int i = 0; i < 200_000; i++) {
      String a = word(random);
      String b = word(random);

      boolean oneSlip = Misspelling.isOneSlip(a, b);

      assertThat(oneSlip).as("%s and %s", a, b).isEqualTo(Misspelling.slips(a, b) == 1);
    }
  }

  /** Of two letters, so that many are near each other. */
  private static String word(CounterRandom random) {
    byte[] bytes = new byte[7];
    random.nextBytes(bytes);
    StringBuilder word = new StringBuilder();
    for (int i = 1; i <= Math.floorMod(bytes[0], 7); i++) {
      word.append((bytes[i] & 1) == 0 ? 'a' : 'b');
    }
    return word.toString();
  }
}
