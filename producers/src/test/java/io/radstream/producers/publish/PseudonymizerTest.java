package io.radstream.producers.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.publish.Pseudonymizer.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PseudonymizerTest {

  private final Pseudonymizer pseudonymizer = Pseudonymizer.withKey("a key of one hospital");

  @Test
  void shouldGiveTheSamePseudonymForTheSameIdentifier() {
    String pseudonym = pseudonymizer.pseudonym(Space.PATIENT, "4711");

    assertThat(Pseudonymizer.withKey("a key of one hospital").pseudonym(Space.PATIENT, "4711"))
        .isEqualTo(pseudonym)
        .matches("[0-9a-f]{32}");
  }

  @Test
  void shouldGiveAnotherPseudonymForAnotherIdentifierSpaceOrKey() {
    assertThat(pseudonymizer.pseudonym(Space.PATIENT, "4711"))
        .isNotEqualTo(pseudonymizer.pseudonym(Space.PATIENT, "4712"))
        .isNotEqualTo(pseudonymizer.pseudonym(Space.STUDY, "4711"))
        .isNotEqualTo(Pseudonymizer.demo().pseudonym(Space.PATIENT, "4711"));
  }

  @Test
  void shouldReadItsKeyFromAFileWithoutTheLineEnd(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("key"), "a key of one hospital\n");

    assertThat(Pseudonymizer.withKeyFile(file).pseudonym(Space.STUDY, "1"))
        .isEqualTo(pseudonymizer.pseudonym(Space.STUDY, "1"));
  }

  @Test
  void shouldRefuseAShortKeyWithoutQuotingIt() {
    assertThatThrownBy(() -> Pseudonymizer.withKey("tiny"))
        .hasMessage("the pseudonym key has 4 bytes; at least 16 are needed");
  }
}
