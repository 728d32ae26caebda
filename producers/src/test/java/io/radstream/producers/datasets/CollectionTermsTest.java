package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CollectionTermsTest {

  private static final Pattern SET =
      Pattern.compile("(?ms)^### `([a-z0-9-]+)`$.*?^\\| terms \\| (.+?) \\|$");

  @Test
  void shouldSayOfEachSetWhatItsPageSays() throws Exception {
    Path root = Path.of("").toAbsolutePath().getParent();
    Matcher sets = SET.matcher(Files.readString(root.resolve("docs/sources/importers.md")));
    Map<String, String> pages = new TreeMap<>();
    while (sets.find()) {
      pages.put(sets.group(1), sets.group(2));
    }

    assertThat(pages).hasSize(8);
    assertThat(pages)
        .allSatisfy((set, terms) -> assertThat(CollectionTerms.of(set)).contains(terms));
  }

  @Test
  void shouldNotKnowTheTermsOfAHospital() {
    assertThat(CollectionTerms.of("hl7")).isEmpty();
  }

  @Test
  void shouldSayThatPhantomsAreOfNoPatients() {
    assertThat(CollectionTerms.of("synthetic"))
        .hasValue("none: drawn by Radstream, of no patients");
    assertThat(CollectionTerms.of("synthetic-SOUTH")).isEqualTo(CollectionTerms.of("synthetic"));
    assertThat(CollectionTerms.of("synthetics")).isEmpty();
  }
}
