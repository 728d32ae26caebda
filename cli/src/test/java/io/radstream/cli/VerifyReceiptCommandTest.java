package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyReceiptCommandTest {

  @TempDir private Path folder;

  @Test
  void shouldMakeBothHalvesOfAKey() throws Exception {
    Path file = folder.resolve("receipts.key");

    Invocation made = Invocation.of("key", "receipt", file.toString());

    assertThat(made.exitCode()).describedAs(made.err()).isEqualTo(Radstream.DONE);
    assertThat(file).content().startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(folder.resolve("receipts.key.pub"))
        .content()
        .startsWith("-----BEGIN PUBLIC KEY-----\n");
    assertThat(made.out()).containsPattern("key [0-9a-f]{16}").doesNotContain("PRIVATE");
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"receipts.key", "receipts.key.pub"})
  void shouldNeverReplaceAHalf(String existing) throws Exception {
    Path before = Files.writeString(folder.resolve(existing), "of before");

    Invocation made = Invocation.of("key", "receipt", folder.resolve("receipts.key").toString());

    assertThat(made.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(made.err()).contains(existing + " exists, and a key is never replaced");
    assertThat(before).hasContent("of before");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(before);
    }
  }

  @Test
  void shouldServeWithNoOtherKindOfKey() throws Exception {
    Path file = Files.writeString(folder.resolve("site.key"), "the key of all patients");

    Invocation served = serve(file, 0);

    assertThat(served.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(served.err())
        .contains("--receipt-key: " + file, "'radstream key receipt' makes one")
        .doesNotContain("the key of all patients");
  }

  @Test
  void shouldWarnOfAKeyThatOthersCanRead() throws Exception {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path file = folder.resolve("receipts.key");
    Invocation made = Invocation.of("key", "receipt", file.toString());
    assertThat(made.exitCode()).isEqualTo(Radstream.DONE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    Invocation served = serve(file, 70_000);

    assertThat(served.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(served.err()).contains("every user of this machine has access to the key");
  }

  private static Invocation serve(Path key, int port) {
    return Invocation.of(
        "serve",
        "--receipt-key=" + key,
        "--port=" + port,
        "--bootstrap=127.0.0.1:1",
        "--registry=http://127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "not JSON", "{\"payload\": {\"format\": 2}}"})
  void shouldSayWhatIsNoReceipt(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("receipt.json"), text);

    Invocation verified = Invocation.of("verify-receipt", file.toString());

    assertThat(verified.exitCode()).isEqualTo(Radstream.FAILED);
    assertThat(verified.err()).startsWith("radstream: it is ").doesNotContain("Exception", "\tat ");
  }

  @Test
  void shouldRefuseWhatItIsNotToldRight() throws Exception {
    Path file = Files.writeString(folder.resolve("receipt.json"), "{}");

    List<Invocation> wrong =
        List.of(
            Invocation.of("verify-receipt"),
            Invocation.of("verify-receipt", file.toString(), "--tolerance=-1"),
            Invocation.of("verify-receipt", file.toString(), "--tolerance=NaN"));

    assertThat(wrong).extracting(Invocation::exitCode).containsOnly(Radstream.WRONG_USAGE);
  }

  @Test
  void shouldTellAFileThatIsMissingFromAReceiptThatIsWrong() {
    Path missing = folder.resolve("answer.json");

    Invocation verified = Invocation.of("verify-receipt", missing.toString());

    assertThat(verified.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(verified.err()).startsWith("radstream: RECEIPT: no such file: " + missing);
  }
}
