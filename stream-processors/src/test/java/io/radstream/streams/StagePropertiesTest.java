package io.radstream.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.KafkaConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagePropertiesTest {

  @TempDir private Path stateDir;

  @Test
  void shouldLetTheConnectionSayHowManyCopiesOfTheStateThereAre() {
    KafkaConnection connection =
        new KafkaConnection(
            Studies.CONNECTION.bootstrap(),
            Studies.CONNECTION.registry(),
            Studies.CONNECTION.topics(),
            Map.of("num.standby.replicas", "1", "commit.interval.ms", "1000"));

    try (StateMemory memory = new StateMemory()) {
      Properties properties = StageProperties.of(connection, stateDir, 1, memory);

      StreamsConfig config = new StreamsConfig(properties);
      assertThat(config.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isEqualTo(1);
      assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(1000);
    }
  }
}
