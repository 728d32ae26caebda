package io.radstream.trainer.testing;

import static io.radstream.trainer.Tuples.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.checkpoints.CalibratedFinding.Scored;
import io.radstream.schemas.Evaluation;
import io.radstream.schemas.Topic;
import io.radstream.trainer.kafka.FakeCluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class EvaluationLogTest {

  private static final String TOPIC = CONNECTION.topics().of(Topic.EVALUATIONS);

  private final FakeCluster cluster = new FakeCluster().topic(TOPIC, 1);
  private final EvaluationLog log = new EvaluationLog(cluster, CONNECTION);

  @Test
  void shouldShowNoPartBeforeAllAreThere() throws Exception {
    List<Integer> seen = new ArrayList<>();
    cluster.beforeCommit(() -> seen.add(cluster.values(TOPIC).size()));

    log.write(EvaluationRecordsTest.evaluation(2001, 2));

    assertThat(seen).containsExactly(0);
    assertThat(cluster.values(TOPIC)).hasSize(2);
    assertThat(
            log.scored("digest", EvaluationRecordsTest.evaluation(0, 2).scored().ways(), List.of())
                .map(ScoredSplit::studies)
                .map(List::size))
        .isEqualTo(Optional.of(2001));
  }

  @Test
  void shouldNotTakeWhatOtherSentencesToldForTheSame() throws Exception {
    log.write(EvaluationRecordsTest.evaluation(3, 1));

    List<Scored> prompted = List.of(new Scored("finding 0", Optional.of("0".repeat(64))));

    assertThat(log.scored("digest", prompted, List.of())).isEmpty();
    assertThat(log.of("digest")).extracting(Evaluation::getStudies).containsExactly(3);
    assertThat(log.of("another")).isEmpty();
  }

  @Test
  void shouldLeaveNothingWhereTheBrokerRefusesIt() {
    cluster.beforeCommit(
        () -> {
          throw new KafkaException("away");
        });

    assertThatThrownBy(() -> log.write(EvaluationRecordsTest.evaluation(2001, 2)))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot record the evaluation: away");
    assertThat(cluster.values(TOPIC)).isEmpty();
  }
}
