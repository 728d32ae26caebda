package io.radstream.trainer.replay;

import io.radstream.trainer.config.SourceConfig;
import java.util.Optional;

/**
 * Where the studies of a source lie that were staged again.
 *
 * @param name of the source in the run's configuration; empty for the only one
 * @param topicPrefix of its topics there
 * @param kafkaConfig as in {@link SourceConfig}; empty for the cluster of the ledger
 */
public record RestagedSource(Optional<String> name, String topicPrefix, String kafkaConfig) {

  /**
   * @param text {@code [NAME=]PREFIX[,FILE]}
   */
  public static RestagedSource of(String text) {
    String[] topicsAndFile = text.split(",", 2);
    String[] nameAndPrefix = topicsAndFile[0].split("=", 2);
    return new RestagedSource(
        nameAndPrefix.length == 2 ? Optional.of(nameAndPrefix[0]) : Optional.empty(),
        nameAndPrefix[nameAndPrefix.length - 1],
        topicsAndFile.length == 2 ? topicsAndFile[1] : "");
  }

  SourceConfig instead(SourceConfig source) {
    return new SourceConfig(source.name(), source.weight(), topicPrefix, kafkaConfig);
  }
}
