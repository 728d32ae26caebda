package io.radstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TopicNamesTest {

  @Test
  void shouldPutThePrefixInFrontOfTopicAndSubject() {
    TopicNames names = new TopicNames("north.");

    assertThat(names.of(Topic.TUPLES_TRAIN)).isEqualTo("north.tuples.train");
    assertThat(names.subject(Topic.TUPLES_TRAIN)).isEqualTo("north.tuples.train-value");
  }

  @Test
  void shouldRefuseAPrefixThatKafkaWouldRefuse() {
    assertThatThrownBy(() -> new TopicNames("north hospital"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("north hospital");
  }
}
