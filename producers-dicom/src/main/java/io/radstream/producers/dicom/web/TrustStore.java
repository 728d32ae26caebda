package io.radstream.producers.dicom.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom an archive's certificate may be signed by. */
public final class TrustStore {

  private static final String PEM = "-----BEGIN";

  private TrustStore() {}

  /**
   * @param file certificates in PEM, or a key store (PKCS #12 or JKS)
   * @param password of the key store
   * @throws IOException where it holds no certificate that can be read
   */
  public static SSLContext context(Path file, Optional<Secret> password) throws IOException {
    byte[] content = Files.readAllBytes(file);
    try {
      boolean pem = new String(content, StandardCharsets.ISO_8859_1).contains(PEM);
      KeyStore store = pem ? ofPem(content) : KeyStore.getInstance(file.toFile(), secret(password));
      if (store.size() == 0) {
        throw new IOException(file + " holds no certificate");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is no trust store: " + e.getMessage(), e);
    }
  }

  private static char[] secret(Optional<Secret> password) throws IOException {
    return password.isPresent() ? password.get().read().toCharArray() : null;
  }

  private static KeyStore ofPem(byte[] content) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(content))) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    return store;
  }
}
