package io.radstream.trainer.config;

import static io.radstream.trainer.config.RunConfig.require;

import java.util.regex.Pattern;

/**
 * Where a run reads studies.
 *
 * @param name for ledger and figures
 * @param weight of its studies in a batch, relative to the other sources' weights
 * @param topicPrefix of its topics
 * @param kafkaConfig a properties file with bootstrap.servers, schema.registry.url and whatever
 *     else its cluster wants; empty for the cluster of the run itself
 */
public record SourceConfig(String name, double weight, String topicPrefix, String kafkaConfig) {

  /** Of the only source where none is configured: the run's own topics. */
  public static final String OWN = "own";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public SourceConfig {
    require(
        name != null && NAME.matcher(name).matches(),
        "sources.name (letters, digits, '.', '_', '-'; at most 64, the first a letter or digit)",
        name);
    require(weight > 0 && Double.isFinite(weight), "sources.weight (above 0)", weight);
    require(topicPrefix != null, "sources.topicPrefix (may be empty)", topicPrefix);
    require(kafkaConfig != null, "sources.kafkaConfig (may be empty)", kafkaConfig);
  }
}
