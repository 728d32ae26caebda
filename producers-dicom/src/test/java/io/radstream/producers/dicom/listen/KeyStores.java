package io.radstream.producers.dicom.listen;

import io.radstream.producers.access.KeyStoreFile;
import io.radstream.producers.access.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys for a test, made by the JDK's own tool. */
record KeyStores(Path directory) {

  private static final String PASSWORD = "change it";

  /** A key with a certificate of its own, in a file. */
  KeyStoreFile key(String name) throws IOException, InterruptedException {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool made no key");
    }
    return new KeyStoreFile(file, Optional.of(new Secret.Given(PASSWORD)));
  }

  /** Its certificate alone, in a file. */
  KeyStoreFile certificate(KeyStoreFile key, String name)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(name, load(key).getCertificate(name));
    Path file = directory.resolve(name + "-trusted.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return new KeyStoreFile(file, Optional.of(new Secret.Given(PASSWORD)));
  }

  static SocketFactory client(KeyStoreFile trusted, Optional<KeyStoreFile> key)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(load(trusted));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(key.isPresent() ? keys(key.get()) : null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static KeyManager[] keys(KeyStoreFile key) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(load(key), PASSWORD.toCharArray());
    return keys.getKeyManagers();
  }

  private static KeyStore load(KeyStoreFile store) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store.file().toFile(), PASSWORD.toCharArray());
  }
}
