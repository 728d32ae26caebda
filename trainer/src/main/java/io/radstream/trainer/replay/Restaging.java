package io.radstream.trainer.replay;

import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.config.SourceConfig;
import io.radstream.trainer.data.TrainingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the studies of a run from topics that were staged again: by rank, since they are at other
 * offsets there.
 *
 * @param elsewhere sources that are read from another place than the run read them from
 */
public record Restaging(List<RestagedSource> elsewhere) {

  public Restaging {
    elsewhere = List.copyOf(elsewhere);
  }

  /**
   * The sources as they are to be read now.
   *
   * @param own prefix of the run's own topics
   * @throws TrainingException where the run has no such source, or it is not said which is meant
   */
  List<SourceConfig> sources(RunConfig config, String own) {
    List<SourceConfig> before =
        config.sources().isEmpty()
            ? List.of(new SourceConfig(SourceConfig.OWN, 1, own, ""))
            : config.sources();
    List<String> names = before.stream().map(SourceConfig::name).toList();
    Map<String, RestagedSource> byName = new HashMap<>();
    for (RestagedSource source : elsewhere) {
      String name = source.name().orElse(names.get(0));
      if (source.name().isEmpty() && names.size() > 1) {
        throw new TrainingException(
            "the run read the sources %s; say which one is now at %s: --sources NAME=%s"
                .formatted(names, source.topicPrefix(), source.topicPrefix()));
      }
      if (!names.contains(name) || byName.put(name, source) != null) {
        throw new TrainingException(
            "the run read the sources %s; each can be named once, and %s is not one of them or was named before"
                .formatted(names, name));
      }
    }
    return before.stream()
        .map(
            source ->
                byName.containsKey(source.name())
                    ? byName.get(source.name()).instead(source)
                    : source)
        .toList();
  }
}
