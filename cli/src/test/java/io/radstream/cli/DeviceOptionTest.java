package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.embedded.SharedCluster;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.schemas.TopicSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --device}, of every command that computes. */
@ExtendWith(SharedCluster.class)
class DeviceOptionTest {

  /** No machine has as many GPUs. */
  private static final String MISSING = "--device=cuda:120";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "finetune",
        "replay",
        "serve",
        "report",
        "demo",
        "bench train",
        "bench feed",
        "bench serve"
      })
  void shouldBeOfferedByWhatComputes(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add("--help");

    Invocation help = Invocation.of(words.toArray(String[]::new));

    assertThat(help.exitCode()).isEqualTo(Radstream.DONE);
    assertThat(help.out()).contains("--device=DEVICE", "(default: auto)");
  }

  @Test
  void shouldRefuseWhatIsNoDevice() {
    Invocation invocation = Invocation.of("serve", "--device=gpu");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("not a device such as auto, cpu, cuda or cuda:1: gpu");
  }

  @Test
  void shouldRefuseToServeOnADeviceThatIsNotThere() {
    Invocation invocation =
        Invocation.of("serve", MISSING, "--bootstrap=127.0.0.1:1", "--registry=http://127.0.0.1:1");

    assertMissing(invocation);
  }

  @Test
  void shouldRefuseToMeasureADeviceThatIsNotThere() {
    Invocation invocation = Invocation.of("bench", "train", "--preset=tiny", MISSING);

    assertMissing(invocation);
  }

  @Test
  void shouldTrainAndReplayOnlyOnADeviceThatIsThere(KafkaConnection cluster) throws Exception {
    KafkaConnection connection = TupleTopic.prefixed(cluster, "device.");
    new TopicSetup(connection).create(1);
    Path tokenizer = TupleTopic.tokenizer(directory);
    TupleTopic.publish(connection, Topic.TUPLES_TRAIN, tokenizer, 10);
    Path store = directory.resolve("store");
    List<String> train = new ArrayList<>(TupleTopic.train(connection, tokenizer, store));
    train.add("--steps=2");

    Invocation elsewhere = with(train, MISSING);
    boolean storeMade = store.toFile().exists();
    Invocation here = with(train, "--device=cpu");
    String run = here.json().get("run_id").asText();
    String[] replay = {"replay", "--run=" + run, "--store=" + store};
    Invocation replayedElsewhere = with(on(connection, replay), MISSING);
    Invocation replayedHere = with(on(connection, replay), "--device=cpu");

    assertMissing(elsewhere);
    assertThat(storeMade).isFalse();
    assertMissing(replayedElsewhere);
    assertThat(replayedHere.json().get("identical").asBoolean()).isTrue();
    assertThat(store.resolve("tiny/000000002/config.json")).content().doesNotContain("device");
  }

  private static void assertMissing(Invocation invocation) {
    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("there is no device cuda:120 here; there is: cpu");
  }

  private static List<String> on(KafkaConnection connection, String... words) {
    List<String> arguments = new ArrayList<>(List.of(words));
    arguments.add("--json");
    arguments.add("--bootstrap=" + connection.bootstrap());
    arguments.add("--registry=" + connection.registry());
    arguments.add("--topic-prefix=" + connection.topics().prefix());
    return arguments;
  }

  private static Invocation with(List<String> words, String further) {
    List<String> arguments = new ArrayList<>(words);
    arguments.add(further);
    return Invocation.of(arguments.toArray(String[]::new));
  }
}
