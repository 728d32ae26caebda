package io.radstream.cli.experiment;

import io.radstream.experiments.plan.InvalidExperimentException;
import io.radstream.experiments.plan.Target;
import io.radstream.schemas.Decoded;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.RecordReader;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The findings that labels of a source name. Asked before the pre-training: days may lie between
 * that and the first cell, which a slip of the pen would fail.
 */
record LabelledFindings(KafkaConnection connection) {

  /**
   * @throws InvalidExperimentException where a finding of a target has no label
   */
  void require(List<Target> targets) {
    if (targets.isEmpty()) {
      return;
    }
    Set<String> named = named();
    for (Target target : targets) {
      List<String> unknown =
          target.findings().stream().filter(finding -> !named.contains(finding)).toList();
      if (!unknown.isEmpty()) {
        throw new InvalidExperimentException(
            "targets.%s.findings".formatted(target.name()),
            "no label on %s names %s; there are: %s"
                .formatted(topic(), String.join(", ", unknown), String.join(", ", named)));
      }
    }
  }

  private Set<String> named() {
    RecordReader<LabelledStudy> reader = new RecordReader<>(LabelledStudy.class, connection);
    Set<String> named = new TreeSet<>();
    try (TopicScan scan = new TopicScan(KafkaClients.of(connection).consumer(), topic())) {
      scan.toEnd(
          record -> {
            if (record.value() != null
                && reader.read(topic(), record.value())
                    instanceof Decoded.Valid<LabelledStudy> valid) {
              named.addAll(valid.value().getLabels().keySet());
            }
          });
    }
    return named;
  }

  private String topic() {
    return connection.topics().of(Topic.LABELS);
  }
}
