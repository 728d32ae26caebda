package io.radstream.trainer;

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
    int name = text.indexOf('=');
    int file = text.indexOf(',', name + 1);
    int end = file < 0 ? text.length() : file;
    return new RestagedSource(
        name < 0 ? Optional.empty() : Optional.of(text.substring(0, name)),
        text.substring(name + 1, end),
        file < 0 ? "" : text.substring(file + 1));
  }

  SourceConfig instead(SourceConfig source) {
    return new SourceConfig(source.name(), source.weight(), topicPrefix, kafkaConfig);
  }
}
