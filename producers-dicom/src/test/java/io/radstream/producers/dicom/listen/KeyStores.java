package io.radstream.producers.dicom.listen;

import io.netty.pkitesting.CertificateBuilder;
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

/** Keys for a test, in files. */
record KeyStores(Path directory) {

  private static final char[] PASSWORD = "change it".toCharArray();

  /** A key with a certificate of its own. */
  KeyStoreFile key(String name) throws Exception {
    return written(
        name,
        new CertificateBuilder()
            .subject("CN=" + name)
            .setIsCertificateAuthority(true)
            .buildSelfSigned()
            .toKeyStore(PASSWORD));
  }

  /** Its certificate alone. */
  KeyStoreFile certificate(KeyStoreFile key, String name)
      throws IOException, GeneralSecurityException {
    KeyStore from = load(key);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(name, from.getCertificate(from.aliases().nextElement()));
    return written(name + "-trusted", store);
  }

  private KeyStoreFile written(String name, KeyStore store)
      throws IOException, GeneralSecurityException {
    Path file = directory.resolve(name + ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD);
    }
    return new KeyStoreFile(file, Optional.of(new Secret.Given(new String(PASSWORD))));
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
    keys.init(load(key), PASSWORD);
    return keys.getKeyManagers();
  }

  private static KeyStore load(KeyStoreFile store) throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(store.file().toFile(), PASSWORD);
  }
}
