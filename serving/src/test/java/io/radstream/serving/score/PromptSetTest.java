package io.radstream.serving.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptSetTest {

  @TempDir private Path directory;

  @Test
  void shouldBringTheFindingsOfThePhantoms() {
    assertThat(PromptSet.builtIn().findings())
        .extracting(FindingPrompts::finding)
        .containsExactly("effusion", "pneumothorax", "cardiomegaly", "opacity", "nodule", "normal");
  }

  @Test
  void shouldTellInOneLineWhichLineIsNoYaml() {
    assertThatThrownBy(() -> read("findings: ["))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(": line 1 is neither YAML nor JSON");
  }

  @Test
  void shouldReadYamlAndJson() throws IOException {
    PromptSet yaml =
        read(
            "findings: [{finding: rib fracture, positive: [Fracture.], negative: [No fracture.]}]");
    PromptSet json =
        read(
            "{\"findings\":[{\"finding\":\"rib fracture\",\"positive\":[\"Fracture.\"],"
                + "\"negative\":[\"No fracture.\"]}]}");

    assertThat(yaml).isEqualTo(json);
    assertThat(yaml.findings().get(0).positive()).containsExactly("Fracture.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                           | empty
          findings: []                                                 | 1 to 200 findings
          {findings: [{finding: a, positive: [x], negative: [y]}], x1: 1} | x1
          findings: [{finding: a, positive: [x]}]                      | a has no negative prompt
          findings: [{finding: a, positive: [''], negative: [y]}]      | an empty positive prompt
          findings: [{finding: 'a;b', positive: [x], negative: [y]}]   | a finding's name
          findings: [{finding: a, positive: [x], negative: [y]}, {finding: a, positive: [x], negative: [y]}] | twice
          """)
  void shouldSayWhatIsWrongWithAFile(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("prompts file")
        .hasMessageContaining(reason);
  }

  private PromptSet read(String text) throws IOException {
    return PromptSet.read(Files.writeString(directory.resolve("prompts.yaml"), text));
  }
}
