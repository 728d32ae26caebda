package io.radstream.cli.card;

import io.radstream.checkpoints.Checkpoint;
import io.radstream.checkpoints.CheckpointState;
import io.radstream.checkpoints.ModelCard;
import io.radstream.cli.card.CheckpointCard.Judged;
import io.radstream.cli.card.CheckpointCard.Learned;
import io.radstream.model.config.InitialWeights;
import io.radstream.model.config.ModelConfig;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicNames;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.schemas.log.OffsetRange;
import io.radstream.trainer.checkpoint.CheckpointConfig;
import io.radstream.trainer.checkpoint.RunPlace;
import io.radstream.trainer.config.RunConfig;
import io.radstream.trainer.kafka.RunSources;
import io.radstream.trainer.kafka.SourceTopics;
import io.radstream.trainer.testing.EvaluationLog;
import io.radstream.trainer.tuples.SourceRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads what topics tell of a checkpoint.
 *
 * @param connection of its run
 * @param evaluated prefixes of further topics {@code evaluations}: a test may have topics of its
 *     own
 * @param minCell smallest count that is told, 1 or more
 */
public record CheckpointCardReader(
    KafkaConnection connection, List<String> evaluated, int minCell) {

  public CheckpointCardReader {
    evaluated = List.copyOf(evaluated);
  }

  /**
   * @throws IOException where a file of the checkpoint cannot be read
   * @throws io.radstream.schemas.log.UnreadableTopicException where a topic does not exist
   */
  public CheckpointCard read(Checkpoint checkpoint) throws IOException {
    RunConfig config = CheckpointConfig.of(checkpoint);
    CheckpointState state = checkpoint.state();
    ModelConfig model = config.model();
    ModelCard card = CheckpointConfig.card(config, List.of());
    List<Learned> data = data(config, RunPlace.of(checkpoint));
    List<Judged> evaluations = evaluations(state.files().get(Checkpoint.MODEL));
    return new CheckpointCard(
        checkpoint.id(),
        state.line(),
        state.runId(),
        state.parent(),
        initial(config.initial()),
        model.objectives().labels() > 0 ? config.labels().share() : null,
        state.time(),
        state.step(),
        config.schedule().steps(),
        config.batch(),
        state.seed(),
        state.files().get(Checkpoint.MODEL),
        state.files().get(Checkpoint.CONFIG),
        card.sources(),
        model.radiograph().imageSize(),
        model.findings(),
        data,
        evaluations,
        new UseLimits(card.intendedUse(), state, data, evaluations).all());
  }

  /** Names alone: where a machine keeps its files is nobody's business. */
  private static Map<String, String> initial(InitialWeights weights) {
    Map<String, String> names = new LinkedHashMap<>();
    if (!weights.checkpoint().isEmpty()) {
      names.put("checkpoint", id(Path.of(weights.checkpoint())));
    }
    putName(names, "radiograph", weights.radiograph());
    putName(names, "text", weights.text());
    return names;
  }

  /** As the store lays checkpoints out: it may be gone by now. */
  private static String id(Path directory) {
    Path line = directory.toAbsolutePath().normalize().getParent();
    return "%s-%s".formatted(line.getFileName(), directory.normalize().getFileName());
  }

  private static void putName(Map<String, String> names, String part, String directory) {
    if (!directory.isEmpty()) {
      names.put(part, String.valueOf(Path.of(directory).getFileName()));
    }
  }

  private List<Learned> data(RunConfig config, RunPlace place) throws IOException {
    List<Learned> data = new ArrayList<>();
    for (SourceTopics source : RunSources.of(config, KafkaClients.of(connection), connection)) {
      List<OffsetRange> ranges =
          SourceRange.of(source.name(), Topic.TUPLES_TRAIN, place.ranges()).stream()
              .map(SourceRange::range)
              .filter(range -> range.begin() < range.end())
              .toList();
      data.add(
          new Learned(
              source.name(),
              source.connection().topics().of(Topic.TUPLES_TRAIN),
              ranges.stream().map(CheckpointCardReader::text).toList(),
              readTo(source.name(), place),
              studies(source.connection(), ranges)));
    }
    return data;
  }

  private static List<String> readTo(String source, RunPlace place) {
    return place.next().stream()
        .filter(next -> next.source().equals(source))
        .flatMap(next -> new TreeMap<>(next.offsets()).entrySet().stream())
        .map(end -> "%d:%d".formatted(end.getKey(), end.getValue()))
        .toList();
  }

  private static String text(OffsetRange range) {
    return "%d:%d-%d".formatted(range.partition(), range.begin(), range.end());
  }

  private DataCard studies(KafkaConnection source, List<OffsetRange> ranges) {
    if (ranges.isEmpty()) {
      return null; // an empty list would stand for all that the topic holds
    }
    CardReader reader = new CardReader(source, minCell, true);
    return reader.holds(Topic.TUPLES_TRAIN, ranges)
        ? reader.read(Topic.TUPLES_TRAIN, ranges)
        : null;
  }

  private List<Judged> evaluations(String weights) {
    JudgedRecords records = new JudgedRecords(new SmallCells(minCell));
    return Stream.concat(Stream.of(connection.topics().prefix()), evaluated.stream())
        .distinct()
        .map(this::under)
        .flatMap(of -> new EvaluationLog(KafkaClients.of(of), of).of(weights).stream())
        .map(records::judged)
        .sorted(Comparator.comparing(Judged::time))
        .toList();
  }

  private KafkaConnection under(String prefix) {
    return new KafkaConnection(
        connection.bootstrap(),
        connection.registry(),
        new TopicNames(prefix),
        connection.properties());
  }
}
