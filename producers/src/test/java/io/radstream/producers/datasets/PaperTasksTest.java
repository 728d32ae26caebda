package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.producers.publish.StudyPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/sources/importers.md gives for copying is what the sets are published with. */
class PaperTasksTest {

  private static final Path PAGE = Path.of("../docs/sources/importers.md");

  @TempDir private Path root;

  @Test
  void shouldNameTheFindingsOfNih() throws IOException {
    StudyPart part =
        new DatasetTree(root)
            .text(
                "Data_Entry_2017_v2020.csv",
                "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,"
                    + "View Position",
                "a.png,Hernia,0,1,58,M,PA")
            .text("train_val_list.txt", "a.png")
            .text("test_list.txt", "")
            .picture("images/a.png", 60)
            .parts(new NihChestXray14())
            .get(0);

    assertThat(findings("`nih-chestxray14`"))
        .hasSize(14)
        .isEqualTo(without(part.labels().keySet()));
  }

  @Test
  void shouldNameTheFindingsOfVinBigData() throws IOException {
    assertThat(findings("`vinbigdata --readers any`"))
        .hasSize(14)
        .isEqualTo(without(ReaderVotes.COMPETITION));
  }

  private static Set<String> without(Set<String> findings) {
    Set<String> rest = new HashSet<>(findings);
    assertThat(rest.remove("no finding")).isTrue();
    return rest;
  }

  private static Set<String> findings(String source) throws IOException {
    Matcher row =
        Pattern.compile(
                "^\\| [^|]+\\| " + Pattern.quote(source) + "[^|]*\\| `([^`]+)` \\|$",
                Pattern.MULTILINE)
            .matcher(Files.readString(PAGE));
    assertThat(row.find()).isTrue();
    return Set.copyOf(List.of(row.group(1).split(",", -1)));
  }
}
