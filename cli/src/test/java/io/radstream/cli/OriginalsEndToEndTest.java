package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.TestBucket;
import io.radstream.objects.TestBucket.Bucket;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pictures at full resolution on their way from a source to a network, and out of the store. */
@ExtendWith({SharedCluster.class, TestBucket.class})
class OriginalsEndToEndTest {

  private static final int STUDIES = 16;
  private static final int SIDE = 160;

  @TempDir private Path folder;
  private KafkaConnection connection;
  private Bucket bucket;
  private Machine machine;
  private ObjectStore store;
  private String originals;

  @BeforeEach
  void open(KafkaConnection cluster, Bucket given) {
    bucket = given;
    connection = TupleTopic.prefixed(cluster, "full.");
    machine = new Machine(bucket, folder);
    store = bucket.open();
    originals = "--originals=" + bucket.address();
  }

  @Test
  void shouldLearnFromWhatWasPutReplayItAndDeleteWhatIsWithdrawn() throws Exception {
    on("publish", "jsonl", "--path=" + studies(), "--view-size=64", originals).json();
    Path tokenizer = StagedStudies.in(folder, connection);
    List<ObjectStore.Listed> put = store.list("");

    JsonNode run = train(tokenizer, originals);
    JsonNode replayed = on("replay", "--run=" + run.get("run_id").asText(), originals).json();
    Invocation astray =
        on("replay", "--run=" + run.get("run_id").asText(), "--originals=s3://another-bucket");
    shouldScoreByOriginals(run, tupleOf(astray.err()));
    String study = put.get(0).key().replaceFirst("/.*", "");
    Invocation elsewhere =
        on("withdraw", "--study=" + study, "--settle=0s", originals + "/another-prefix");
    Invocation withdrawn = on("withdraw", "--study=" + study, "--settle=0s", originals);
    Invocation known = on("replay", "--run=" + run.get("run_id").asText(), originals);

    assertThat(put).hasSize(STUDIES);
    assertThat(run.get("unreadable_views").asInt()).isZero();
    assertThat(run.get("views_from_originals").asLong()).isPositive();
    assertThat(run.get("views_from_records").asLong()).isZero();
    assertThat(replayed.get("identical").asBoolean()).isTrue();
    assertThat(astray.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(astray.err()).contains("is not below [s3://another-bucket]", "partition");
    assertThat(elsewhere.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(elsewhere.err())
        .contains("WARNING: 1 pictures of the study may lie below " + originals.substring(12));
    assertThat(withdrawn.exitCode()).describedAs(withdrawn.err()).isEqualTo(Radstream.DONE);
    assertThat(withdrawn.err()).contains("Deleted 1 pictures of the study below s3://");
    assertThat(store.list(study + "/")).isEmpty();
    assertThat(store.list("")).hasSize(STUDIES - 1);
    assertThat(known.err()).doesNotContain("there is no s3://");
  }

  /** A part of the test above, which needs its checkpoint. */
  private void shouldScoreByOriginals(JsonNode run, String tuple) throws Exception {
    String checkpoint = "--checkpoint=" + folder.resolve("tiny").resolve("000000003");
    assertThat(run.get("checkpoint_id").asText()).isEqualTo("tiny-000000003");

    Invocation nowhere =
        on("score", "backfill", checkpoint, "--topic=tuples.train", "--offsets=" + tuple);
    JsonNode scored =
        on("score", "backfill", checkpoint, "--topic=tuples.train", "--offsets=" + tuple, originals)
            .json();
    Invocation again = on("replay", "scores", "--store=" + folder, originals);
    Invocation blind = on("replay", "scores", "--store=" + folder);
    Invocation away =
        Invocation.on(
            connection,
            machine.command().registerConverter(ObjectStore.class, unreachable()),
            "replay",
            "scores",
            "--store=" + folder,
            originals);

    assertThat(nowhere.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(nowhere.err()).contains("--originals s3://BUCKET/PREFIX has to say");
    assertThat(scored.get("scored").asInt()).isEqualTo(1);
    assertThat(scored.get("refused").asInt()).isZero();
    assertThat(again.exitCode()).describedAs(again.out()).isEqualTo(Radstream.DONE);
    assertThat(away.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(away.err()).contains("AWS_CA_BUNDLE: ");
    assertThat(away.out()).isEmpty();
    assertThat(blind.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(blind.out()).contains("--originals s3://BUCKET/PREFIX has to say");
  }

  /** Of a machine that lacks the certificates of who signed the store's. */
  private ObjectStoreConverter unreachable() {
    Map<String, String> environment = new HashMap<>(bucket.environment());
    environment.put("AWS_CA_BUNDLE", folder.resolve("nowhere.pem").toString());
    return new ObjectStoreConverter(environment::get);
  }

  /** As {@code --offsets} takes it. */
  private static String tupleOf(String message) {
    Matcher place = Pattern.compile("partition ([0-9]+), offset ([0-9]+)").matcher(message);
    assertThat(place.find()).describedAs(message).isTrue();
    long offset = Long.parseLong(place.group(2));
    return "%s:%d-%d".formatted(place.group(1), offset, offset + 1);
  }

  /** Noise, which no two sizes of look alike. */
  private Path studies() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < STUDIES; i++) {
      byte[] pixels = new byte[SIDE * SIDE];
      CounterRandom.of(i, "pixels").nextBytes(pixels);
      String name = i + ".png";
      Files.write(folder.resolve(name), ImageEncoder.png(new GrayImage(SIDE, SIDE, pixels)));
      lines.add(
          "{\"patient\": %d, \"text\": \"FINDINGS: Small left effusion, lung %d clear.\", \"images\": [{\"file\": \"%s\"}]}"
              .formatted(i, i % 3, name));
    }
    return Files.write(folder.resolve("studies.jsonl"), lines);
  }

  private JsonNode train(Path tokenizer, String... further) throws Exception {
    List<String> words = new ArrayList<>(TupleTopic.train(connection, tokenizer, folder));
    words.addAll(List.of(further));
    words.addAll(List.of("--steps=3", "--set=data.views=original"));
    return Invocation.of(machine.command(), words.toArray(String[]::new)).json();
  }

  private Invocation on(String... words) {
    return Invocation.on(connection, machine.command(), words);
  }
}
