package io.radstream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.Radstream;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.model.engine.DeviceChoice;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.TopicSetup;
import io.radstream.trainer.replay.ReplayListener;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
@Timeout(60)
class KillCheckTest {

  @TempDir private Path directory;

  @Test
  void shouldEndWhereItIsStoppedWhileItsTrainerWaitsForStudies(KafkaConnection cluster)
      throws Exception {
    new TopicSetup(cluster).create(1);
    AtomicInteger looks = new AtomicInteger();
    KillCheck check =
        new KillCheck(
            Radstream.class.getName(),
            cluster,
            directory,
            DeviceChoice.auto(),
            KillPlan.brief(Clock.systemUTC()),
            Clock.systemUTC(),
            () -> looks.incrementAndGet() > 1);

    assertThat(check.run(ReplayListener.none())).isEmpty();
  }
}
