package io.radstream.results.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ResultIdTest {

  private static final ResultId ID = new ResultId("study", 3, "line-1");

  @Test
  void shouldNameTheSameScoreTheSame() {
    assertThat(ID.uid("document")).isEqualTo(new ResultId("study", 3, "line-1").uid("document"));
    assertThat(
            Set.of(
                ID.uid("document"),
                ID.uid("series"),
                new ResultId("study", 4, "line-1").uid("document"),
                new ResultId("study", 3, "line-2").uid("document"),
                new ResultId("other", 3, "line-1").uid("document")))
        .hasSize(5);
  }

  @Test
  void shouldMakeUidsOfUuids() {
    String uid = ID.uid("document");

    assertThat(uid).matches("2\\.25\\.[1-9][0-9]{0,38}");
    BigInteger number = new BigInteger(uid.substring("2.25.".length()));
    UUID uuid = new UUID(number.shiftRight(64).longValue(), number.longValue());
    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
  }
}
