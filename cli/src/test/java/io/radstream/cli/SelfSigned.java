package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.access.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;

/** A certificate for this machine that nobody else has signed, as PEM. */
public final class SelfSigned {

  /** Of the key store. */
  public static final String PASSWORD = "only in this test";

  private static final String NAME = "here";

  private SelfSigned() {}

  /** The key store that the others were taken from. */
  public static Path store(Path folder) {
    return folder.resolve(NAME + ".p12");
  }

  public static TlsFiles in(Path folder) throws Exception {
    Path file = store(folder);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                NAME,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    return new TlsFiles(
        pem(folder, "CERTIFICATE", store.getCertificate(NAME).getEncoded()),
        pem(folder, "PRIVATE KEY", store.getKey(NAME, PASSWORD.toCharArray()).getEncoded()),
        Optional.empty());
  }

  private static Path pem(Path folder, String type, byte[] content) throws IOException {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return Files.writeString(
        folder.resolve(type + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, text, type));
  }
}
