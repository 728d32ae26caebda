package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.figures.RecordedFigures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class BisectCommandTest {

  private static final int STUDIES = 24;

  @TempDir private Path folder;

  /** What a run learns turns its loss as well, the other way. */
  @Test
  void shouldTellBetweenWhichStepsAFigureTurned(KafkaConnection connection) throws Exception {
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(folder);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, STUDIES);
    TupleTopic.publish(connection, Topic.TUPLES_VALIDATION, tokenizer, 8);
    List<String> words = new ArrayList<>(TupleTopic.train(connection, tokenizer, folder));
    words.addAll(List.of("--steps=12", "--set=validation.every=6", "--set=checkpoint.every=6"));
    String run = Invocation.of(words.toArray(String[]::new)).json().get("run_id").textValue();
    Path studies = folder.resolve("studies");

    Invocation found =
        bisect(
            connection,
            "--good=6",
            "--bad=12",
            "--below=" + between(connection, run, 6, 12),
            "--confirm",
            "--studies-out=" + studies);

    JsonNode summary = summary(found);
    long good = summary.get("good_step").asLong();
    assertThat(summary.get("bad_step").asLong()).isGreaterThan(good);
    assertThat(summary.get("bound_given").booleanValue()).isTrue();
    assertThat(summary.get("values").has(Long.toString(good + 1))).isTrue();
    assertThat(summary.get("studies").asInt()).isBetween(8, STUDIES);
    assertThat(summary.at("/counts/projection/PA")).isEqualTo(summary.get("studies"));
    assertThat(summary.at("/ranges/0/source").textValue()).isEqualTo("own");
    assertThat(summary.at("/confirmation/good").booleanValue())
        .isEqualTo(found.exitCode() == Radstream.DONE);
    assertThat(Files.readAllLines(studies))
        .hasSize(summary.get("studies").asInt())
        .allSatisfy(id -> assertThat(id).startsWith("study-"))
        .allSatisfy(id -> assertThat(found.out() + found.err()).doesNotContain(id));
    assertThat(found.out()).contains("validation_loss turned between step " + good);
    assertThat(found.err()).contains("Steps 6 to 12 again, without ");
  }

  @Test
  void shouldRefuseWhatCannotBeLookedFor(KafkaConnection connection) {
    assertThat(bisect(connection, "--good=5", "--bad=5").exitCode())
        .isEqualTo(Radstream.WRONG_USAGE);
    Invocation both = bisect(connection, "--good=5", "--bad=6", "--above=1", "--below=1");
    assertThat(both.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(both.err()).contains("not both");
  }

  @Test
  void shouldTellWhatAGateNeeds(KafkaConnection connection) throws Exception {
    assertThat(gate(connection, "--above=1"))
        .contains("a gate lets through or holds: leave out --above and --below");
    assertThat(gate(connection)).contains("--figure gate needs one panel");
    assertThat(gate(connection, "--panel=" + panel()))
        .contains("line tiny has no checkpoint of step 5", "name as --good a step that has one");
    assertThat(bisect(connection, "--good=5", "--bad=6", "--panel=" + panel()).err())
        .contains("a panel is for --figure gate");
  }

  private String gate(KafkaConnection connection, String... further) {
    List<String> words =
        new ArrayList<>(List.of("bisect", "--line=tiny", "--store=" + folder, "--figure=gate"));
    words.addAll(List.of("--good=5", "--bad=6", "--gate-studies=1"));
    words.addAll(List.of(further));
    Invocation refused = Invocation.on(connection, words.toArray(String[]::new));
    assertThat(refused.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    return refused.err();
  }

  /** A study with the finding, and one without. */
  private Path panel() throws Exception {
    byte[] picture = ImageEncoder.png(new GrayImage(32, 32, new byte[32 * 32]));
    Files.write(folder.resolve("a.png"), picture);
    String line =
        "{\"patient\": \"%1$s\", \"study\": \"%1$s\", \"images\": [{\"file\": \"a.png\"}], \"labels\": {\"effusion\": %2$d}}";
    return Files.write(
        folder.resolve("panel.jsonl"), List.of(line.formatted("p0", 0), line.formatted("p1", 1)));
  }

  private Invocation bisect(KafkaConnection connection, String... further) {
    List<String> words =
        new ArrayList<>(
            List.of("bisect", "--line=tiny", "--store=" + folder, "--figure=validation_loss"));
    words.addAll(List.of(further));
    return Invocation.on(connection, words.toArray(String[]::new));
  }

  /** Midway between what the loss was at two steps. */
  private static double between(KafkaConnection connection, String run, long first, long second) {
    Map<Long, Map<String, Double>> figures =
        RecordedFigures.read(KafkaClients.of(connection), connection, run).validations();
    return (figures.get(first).get("validation_loss") + figures.get(second).get("validation_loss"))
        / 2;
  }

  /** Whether what was suspected was it or not. */
  private static JsonNode summary(Invocation found) throws Exception {
    List<String> lines = found.out().lines().toList();
    assertThat(lines).describedAs(found.err()).isNotEmpty();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
