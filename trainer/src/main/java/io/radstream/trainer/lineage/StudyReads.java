package io.radstream.trainer.lineage;

import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.TopicScan;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.ledger.LedgerEntry;
import io.radstream.trainer.lineage.StudyLineage.ReadingRun;
import io.radstream.trainer.tuples.TupleRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which steps of which runs read a study, gathered while the ledger goes by. */
final class StudyReads {

  private record RunOfSource(String runId, String source) {}

  private final byte[] key;
  private final KafkaClients clients;
  private final KafkaConnection connection;
  private final Map<String, String> lines = new HashMap<>();
  private final Map<RunOfSource, Set<TupleRef>> wanted = new HashMap<>();
  private final Map<KafkaConnection, Set<TupleRef>> found = new HashMap<>();
  private boolean withdrawn;
  private final Map<RunOfSource, List<Long>> steps = new HashMap<>();

  StudyReads(String studyId, KafkaClients clients, KafkaConnection connection) {
    this.key = studyId.getBytes(StandardCharsets.UTF_8);
    this.clients = clients;
    this.connection = connection;
    tuples(clients, connection);
  }

  /**
   * @param entry of the ledger; how a run began comes before its steps
   * @throws UncheckedIOException where the cluster of a source cannot be found
   */
  void see(LedgerEntry entry) {
    StepRecord record = entry.record();
    if (entry.isOpening()) {
      lines.put(record.getRunId(), record.getOpening().getLine());
      for (SourceTopics source : sources(record)) {
        wanted.put(
            new RunOfSource(record.getRunId(), source.name()),
            tuples(source.clients(), source.connection()));
      }
      return;
    }
    for (StudyRead read : record.getReads()) {
      RunOfSource run = new RunOfSource(record.getRunId(), read.getSource());
      if (wanted.getOrDefault(run, Set.of()).contains(ref(read))) {
        steps.computeIfAbsent(run, first -> new ArrayList<>()).add(record.getStep());
      }
    }
  }

  private static TupleRef ref(StudyRead read) {
    return new TupleRef(read.getTuple().getPartition(), read.getTuple().getOffset());
  }

  private List<SourceTopics> sources(StepRecord record) {
    try {
      return RunSources.of(
          RunConfig.sourcesOf(record.getOpening().getConfig()), clients, connection);
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException(
              "run %s read sources that cannot be looked through from here: %s"
                  .formatted(record.getRunId(), e.getMessage()),
              e));
    }
  }

  /** Every revision counts: a run may have read an older one. */
  private Set<TupleRef> tuples(KafkaClients of, KafkaConnection at) {
    return found.computeIfAbsent(
        at,
        cluster -> {
          withdrawn |= !find(of, cluster.topics().of(Topic.STUDIES_WITHDRAWN)).isEmpty();
          return find(of, cluster.topics().of(Topic.TUPLES_TRAIN));
        });
  }

  private Set<TupleRef> find(KafkaClients of, String topic) {
    Set<TupleRef> refs = new HashSet<>();
    try (TopicScan scan = new TopicScan(of.consumer(), topic)) {
      scan.toEnd(
          record -> {
            if (Arrays.equals(record.key(), key)) {
              refs.add(new TupleRef(record.partition(), record.offset()));
            }
          });
    }
    return refs;
  }

  boolean isWithdrawn() {
    return withdrawn;
  }

  int tuples() {
    return found.values().stream().mapToInt(Set::size).sum();
  }

  List<ReadingRun> runs() {
    return steps.entrySet().stream()
        .map(
            read ->
                new ReadingRun(
                    read.getKey().runId(),
                    lines.get(read.getKey().runId()),
                    read.getKey().source(),
                    read.getValue()))
        .sorted(Comparator.comparing(ReadingRun::runId).thenComparing(ReadingRun::source))
        .toList();
  }
}
