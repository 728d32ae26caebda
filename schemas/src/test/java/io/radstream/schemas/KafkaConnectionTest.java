package io.radstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {

  @Test
  void shouldLetAvroMakeTheDefaultsOfOurRecords() {
    assertThat(connection(Map.of()).bootstrap()).isEqualTo("host:9092");

    Report report =
        Report.newBuilder().setText("clear lungs").setStatus(ReportStatus.FINAL).build();

    assertThat(report.getVersion()).isEqualTo(1);
  }

  @Test
  void shouldLetGivenPropertiesWin() {
    KafkaConnection connection = connection(Map.of("linger.ms", "7", "acks", "1"));

    assertThat(connection.producerConfig())
        .containsEntry("acks", "1")
        .containsEntry("linger.ms", "7");
    assertThat(connection.consumerConfig()).containsEntry("isolation.level", "read_committed");
  }

  private static KafkaConnection connection(Map<String, String> properties) {
    return new KafkaConnection("host:9092", "mock://scope", new TopicNames(""), properties);
  }
}
