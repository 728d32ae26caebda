package io.radstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "tuples.train, radstream topics create",
    "again.tuples.train, radstream topics create --topic-prefix again.",
    "south-studies.audit, radstream topics create --topic-prefix south-",
    "something.else, radstream topics create",
  })
  void shouldSayHowTheTopicsAreMadeThatATopicIsOneOf(String topic, String creation) {
    assertThat(TopicNames.with(topic).creation()).isEqualTo(creation);
  }
}
