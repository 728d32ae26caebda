package io.radstream.cli.card;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordRef;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.config.SourceConfig;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.traits.TraitsReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds who published the studies of tuples, by the study records that they were merged from. */
record TupleSources(KafkaClients clients, KafkaConnection connection) {

  /** Where retention has taken the records. */
  private static final String UNKNOWN = "unknown";

  /**
   * Puts the sources into the facts.
   *
   * @param studies by study id
   */
  void find(Map<String, StudyFacts> studies) {
    Set<RecordRef> origins =
        studies.values().stream().flatMap(study -> study.origins().stream()).collect(toSet());
    Map<RecordRef, String> sites =
        TraitsReader.sites(new SourceTopics(SourceConfig.OWN, 1, clients, connection), origins);
    studies.replaceAll((id, study) -> study.of(sources(study, sites)));
  }

  private static Set<String> sources(StudyFacts study, Map<RecordRef, String> sites) {
    Set<String> found =
        study.origins().stream()
            .flatMap(at -> Stream.ofNullable(sites.get(at)))
            .collect(toCollection(TreeSet::new));
    return found.isEmpty() ? Set.of(UNKNOWN) : found;
  }
}
