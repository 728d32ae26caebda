package io.radstream.cli.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.SourceItem;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningCountsTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z"));

  @TempDir private Path folder;

  private static Consignment item(long number, String path) {
    SourceItem item =
        new SourceItem.Refused(number, RejectionReason.NO_ACCESSION, "there is no number");
    return Consignment.of(item).from(new Origin(path, "CT1@10.0.0.1"));
  }

  @Test
  void shouldTellWhatBecameOfWhatCame() {
    try (RunningCounts counts = new RunningCounts("gate", Optional.empty(), CLOCK)) {
      List<Consignment> all = List.of(item(1, "a"), item(2, "b"), item(3, "c"), item(4, "d"));
      Consignment again = new Consignment(List.of(), List.of(), new Origin("a", ""));
      Consignment position = new Consignment(List.of(), List.of(new Mark("position", "7")));
      all.forEach(counts::received);
      counts.received(again);
      counts.received(position);
      counts.acknowledged(all.get(0));
      counts.acknowledged(again);
      counts.acknowledged(position);
      counts.refused(all.get(1), RejectionReason.NO_ACCESSION, "there is no number");
      counts.failed(all.get(2));

      String told = counts.counts();

      assertThat(told)
          .isEqualTo(
              "received 5, published 1, known 1, refused 1 (NO_ACCESSION 1), failed 1, waiting 1");
    }
  }

  @Test
  void shouldListWhatIsRefusedBehindWhatIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("refused.jsonl"), "{\"time\":\"half a li");
    try (RunningCounts counts =
        new RunningCounts("gate", Optional.of(RefusedList.open(file, CLOCK)), CLOCK)) {

      counts.refused(
          item(7, "/in/Müller \"7\"\n.dcm"), RejectionReason.NO_ACCESSION, "there is no number");
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    JsonNode line = new ObjectMapper().readTree(lines.get(1));
    assertThat(line.get("time").asText()).isEqualTo("2026-03-04T05:06:07Z");
    assertThat(line.get("source").asText()).isEqualTo("gate");
    assertThat(line.get("reason").asText()).isEqualTo("NO_ACCESSION");
    assertThat(line.get("explanation").asText()).isEqualTo("there is no number");
    assertThat(line.get("item").asText()).isEqualTo("/in/Müller \"7\"\n.dcm");
    assertThat(line.get("peer").asText()).isEqualTo("CT1@10.0.0.1");
    assertThat(line.get("number").asLong()).isEqualTo(7);
  }

  @Test
  void shouldGoOnInANewFileOnceTheListIsMovedAway() throws IOException {
    Path file = folder.resolve("refused.jsonl");
    RefusedList list = RefusedList.open(file, CLOCK);
    list.add("gate", item(1, "a"), RejectionReason.NO_VIEW, "no view");
    Files.move(file, folder.resolve("refused.jsonl.1"));

    list.add("gate", item(2, "b"), RejectionReason.NO_VIEW, "no view");

    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldSayAtOnceThatAListCannotBeWritten() {
    Path file = folder.resolve("missing").resolve("refused.jsonl");

    assertThatThrownBy(() -> RefusedList.open(file, CLOCK)).isInstanceOf(IOException.class);
  }
}
