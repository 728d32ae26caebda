package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCommandTest {

  private static final String OPEN = "every user of this machine has access to the key";

  @Test
  void shouldMakeAKeyForItsOwnerOnly(@TempDir Path folder) throws Exception {
    // Given
    Path file = folder.resolve("site.key");
    Path other = folder.resolve("other.key");

    // When
    Invocation first = Invocation.of("key", "new", file.toString());
    Invocation second = Invocation.of("key", "new", other.toString());

    // Then
    assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(Radstream.DONE);
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n").isNotEqualTo(read(other));
    assertThat(first.out()).doesNotContain(read(file).strip());
    if (hasPermissions()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void shouldNeverReplaceAKey(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("site.key"), "the key of all patients");

    Invocation invocation = Invocation.of("key", "new", file.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("exists, and a key is never replaced");
    assertThat(file).hasContent("the key of all patients");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dicom --path=nowhere",
        "dicom-listen --port=0",
        "dicomweb --url=http://127.0.0.1:1/",
        "hl7 --port=0",
        "fhir --path=nowhere",
        "hl7 --port=0 --no-deidentify"
      })
  void shouldRefuseAHospitalsStudiesWithoutAKey(String source) {
    Invocation invocation = publish(source);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err())
        .contains("A hospital's studies need a secret key")
        .contains("radstream key new site.key")
        .contains("--pseudonym-key-file site.key")
        .contains("--demo-key");
  }

  @Test
  void shouldWarnWhereStudiesAreSaidToBeOfNoPatients(@TempDir Path folder) {
    Invocation invocation = publish("dicom --path=" + folder.resolve("none") + " --demo-key");

    assertThat(invocation.err())
        .contains("Warning: pseudonyms are made with the public demo key")
        .contains("there is no such directory");
  }

  @Test
  void shouldNotTakeTwoKeysAtOnce(@TempDir Path folder) throws Exception {
    Path key = folder.resolve("site.key");
    assertThat(Invocation.of("key", "new", key.toString()).exitCode()).isEqualTo(Radstream.DONE);

    Invocation invocation = publish("hl7 --demo-key --pseudonym-key-file " + key);

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("a secret key is named, too");
  }

  @Test
  void shouldWarnOfAKeyThatOthersCanRead(@TempDir Path folder) throws Exception {
    assumeTrue(hasPermissions(), "files have no permissions here");
    Path key = folder.resolve("site.key");
    assertThat(Invocation.of("key", "new", key.toString()).exitCode()).isEqualTo(Radstream.DONE);
    String source = "dicom --path=" + folder.resolve("none") + " --pseudonym-key-file " + key;
    Invocation closed = publish(source);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    Invocation open = publish(source);

    assertThat(closed.err()).contains("no such directory").doesNotContain(OPEN);
    assertThat(open.err()).contains("no such directory").contains(OPEN).contains("chmod o= ");
  }

  private static Invocation publish(String source) {
    List<String> words = new ArrayList<>(List.of("publish"));
    words.addAll(List.of(source.split(" ")));
    return Invocation.of(words.toArray(String[]::new));
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  private static boolean hasPermissions() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
