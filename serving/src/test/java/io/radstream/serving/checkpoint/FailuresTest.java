package io.radstream.serving.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.serving.decisions.DecisionLog;
import io.radstream.serving.decisions.LocalTopic;
import io.radstream.serving.fleet.CheckpointRef;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailuresTest {

  /** More than are ever remembered. */
  private static final int MANY = 11_001;

  private final DecisionLog log = new LocalTopic().read("test", new SimpleMeterRegistry());
  private final Announcements announcements = new Announcements(log);
  private final Failures failures = new Failures(announcements, log, () -> Instant.EPOCH);

  private CheckpointRef announce(int step) {
    CheckpointPublished announced = Announced.of("demo", step).build();
    announcements.add(announced);
    return Announcements.ref(announced);
  }

  @Test
  void shouldForgetThoseOfCheckpointsThatAreForgotten() {
    CheckpointRef old = announce(0);
    CheckpointRef recent = announce(MANY - 1);
    failures.add(old, "damaged", false);
    failures.add(recent, "damaged, too", false);

    for (int step = 1; step < MANY; step++) {
      announce(step);
    }
    failures.add(announce(MANY), "also damaged", false);

    assertThat(failures.reason(old)).isEmpty();
    assertThat(failures.reason(recent)).contains("damaged, too");
  }
}
