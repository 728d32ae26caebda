package io.radstream.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateMemoryTest {

  @TempDir private Path stateDir;

  @Test
  void shouldShareOneBoundAmongAllStores() {
    try (StageDriver stage = new StageDriver(StageDriver.CONFIG, stateDir)) {
      stage.publish(Studies.whole("study", 1), 0);

      assertThat(stage.tuples()).hasSize(1);
      assertThat(stage.figures("block-cache-capacity"))
          .containsOnlyKeys(StudyStore.PROGRESS, StudyStore.DUE, StudyStore.PATIENTS)
          .allSatisfy(
              (store, bytes) -> assertThat(bytes).isEqualTo(BigInteger.valueOf(StateMemory.BYTES)));
      assertThat(stage.figures("block-cache-usage").values())
          .allSatisfy(bytes -> assertThat((BigInteger) bytes).isPositive());
    }
  }
}
