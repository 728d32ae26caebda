package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedCluster.class)
class PublishDatasetCommandTest {

  @TempDir private Path set;

  @BeforeEach
  void layOut() throws IOException {
    Path pictures = Files.createDirectories(set.resolve("CXR_png"));
    byte[] png = ImageEncoder.png(new GrayImage(64, 64, new byte[64 * 64]));
    Files.write(pictures.resolve("CHNCXR_0001_0.png"), png);
    Files.write(pictures.resolve("CHNCXR_0002_1.png"), png);
    Files.write(pictures.resolve("CHNCXR_0003_1.png"), new byte[] {1, 2, 3});
  }

  @Test
  void shouldPublishASetAndOnlyTheRestOfItAgain(KafkaConnection cluster) throws Exception {
    Invocation first = run(cluster, "shenzhen-tb", "--name", "tb-twice");
    Invocation second = run(cluster, "shenzhen-tb", "--name", "tb-twice");

    assertThat(first.exitCode()).as(first.err()).isEqualTo(Radstream.DONE);
    assertThat(first.json().get("sent").asLong()).isEqualTo(2);
    assertThat(first.json().get("labelled").asLong()).isEqualTo(2);
    assertThat(first.json().get("refused").get("UNDECODABLE_IMAGE").asLong()).isEqualTo(1);
    assertThat(first.err())
        .contains("Warning: not the set as published: 3 images found, 662 expected");
    assertThat(second.json().get("sent").asLong()).isZero();
    assertThat(second.err()).contains("2 studies had been sent before.");
  }

  @Test
  void shouldSendNothingOfAnotherSetThanThePublishedWhereThatIsAsked(KafkaConnection cluster) {
    Invocation invocation = run(cluster, "shenzhen-tb", "--strict", "--name", "tb-strict");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("662 expected").contains("because of --strict");
  }

  @Test
  void shouldPublishASample(KafkaConnection cluster) throws Exception {
    Invocation invocation = run(cluster, "shenzhen-tb", "--sample=1", "--seed=2", "--name=tb-few");

    JsonNode summary = invocation.json();
    long handled = summary.get("sent").asLong() + summary.get("refused").size();
    assertThat(handled).isEqualTo(1);
  }

  @Test
  void shouldWantASampleOfAtLeastOne(KafkaConnection cluster) {
    Invocation invocation = run(cluster, "shenzhen-tb", "--sample=0");

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--sample: a sample has at least 1 study");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mimic-cxr-jpg",
        "openi",
        "padchest",
        "chexpert-plus",
        "covid-idc",
        "nih-chestxray14",
        "vinbigdata"
      })
  void shouldNameTheFileThatIsMissingAndWhereItComesFrom(String name, KafkaConnection cluster) {
    Invocation invocation = run(cluster, name);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(invocation.err()).contains("missing in " + set).contains("comes with");
  }

  private Invocation run(KafkaConnection cluster, String source, String... options) {
    List<String> words = new ArrayList<>(List.of("publish", source, "--path", set.toString()));
    words.addAll(List.of(options));
    return Invocation.on(cluster, words.toArray(String[]::new));
  }
}
