package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.cli.embedded.SharedCluster;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.schemas.KafkaConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedCluster.class)
class DeidentifyDicomCommandTest {

  private static final int STUDY_PSEUDONYM = 0x0013_1001;

  @TempDir private Path source;
  @TempDir private Path work;

  @Test
  void shouldNameStudiesAsTheyArePublished(KafkaConnection cluster) throws Exception {
    // Given: one with an accession number, and one without
    Path key = Files.writeString(work.resolve("site.key"), "a key of one hospital");
    Files.write(source.resolve("Beispiel"), new SmallRadiograph("1", "CHEST").file());
    Files.write(source.resolve("other"), new SmallRadiograph("2", "CHEST", "").file());
    Invocation published =
        onCluster(cluster, "publish", "dicom", "--path", source, "--pseudonym-key-file", key);

    // When
    Invocation deidentified =
        Invocation.of(
            "deidentify",
            "dicom",
            "--path",
            source.toString(),
            "--out",
            work.resolve("out").toString(),
            "--pseudonym-key-file",
            key.toString(),
            "--json");

    // Then
    assertThat(json(published).get("sent").asLong()).isEqualTo(2);
    assertThat(deidentified.exitCode()).as(deidentified.err()).isEqualTo(Radstream.DONE);
    assertThat(json(deidentified).get("written").asLong()).isEqualTo(2);
    List<String> named = new ArrayList<>();
    for (Path file : files(work.resolve("out"))) {
      Dataset header = DicomFile.read(Files.readAllBytes(file)).dataset();
      named.add(header.text(STUDY_PSEUDONYM).orElseThrow());
      assertThat(file.getParent().getFileName().toString()).isEqualTo(named.get(named.size() - 1));
    }
    assertThat(named)
        .containsExactlyInAnyOrder(
            lineage(cluster, key, "--accession", "ACC1"),
            lineage(cluster, key, "--study-uid", "1.2.3.2"));
    for (String study : named) {
      Invocation peek = onCluster(cluster, "topics", "peek", "studies", "--key", study);
      assertThat(peek.exitCode()).as(peek.err()).isEqualTo(Radstream.DONE);
    }
  }

  @Test
  void shouldNotWriteIntoWhatItReads() {
    // When
    Invocation invocation =
        Invocation.of(
            "deidentify",
            "dicom",
            "--path",
            source.toString(),
            "--out",
            source.resolve("out").toString());

    // Then
    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("--out must not lie within --path");
  }

  /** The pseudonym that the command finds for a study as the site names it. */
  private static String lineage(KafkaConnection cluster, Path key, String option, String name)
      throws Exception {
    Invocation lineage =
        onCluster(cluster, "lineage", option, name, "--pseudonym-key-file", key, "--json");
    assertThat(lineage.exitCode()).as(lineage.err()).isEqualTo(Radstream.DONE);
    return json(lineage).get("study_id").asText();
  }

  private static Invocation onCluster(KafkaConnection cluster, Object... arguments) {
    List<String> all = new ArrayList<>(Arrays.stream(arguments).map(Object::toString).toList());
    all.addAll(List.of("--bootstrap", cluster.bootstrap(), "--registry", cluster.registry()));
    all.addAll(List.of("--topic-prefix", cluster.topics().prefix()));
    if (all.get(0).equals("publish")) {
      all.add("--json");
    }
    return Invocation.of(all.toArray(String[]::new));
  }

  private static List<Path> files(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".dcm")).toList();
    }
  }

  private static JsonNode json(Invocation invocation) throws Exception {
    List<String> lines = invocation.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }
}
