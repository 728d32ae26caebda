package io.radstream.producers.dicom.listen;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** TLS from key stores in files. */
final class SecretChannel {

  private SecretChannel() {}

  /**
   * @throws IllegalArgumentException where a key store cannot be used
   */
  static void open(NetServerOptions options, Tls tls) {
    try {
      options
          .setSsl(true)
          .setKeyCertOptions(KeyCertOptions.wrap(keys(tls.keys())))
          .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
      if (tls.trusted().isPresent()) {
        options
            .setTrustOptions(TrustOptions.wrap(trusted(tls.trusted().get())))
            .setClientAuth(ClientAuth.REQUIRED);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the keys for TLS cannot be used", e);
    }
  }

  private static KeyManagerFactory keys(Tls.Store store) throws GeneralSecurityException {
    String algorithm = KeyManagerFactory.getDefaultAlgorithm();
    KeyManagerFactory factory = KeyManagerFactory.getInstance(algorithm);
    factory.init(load(store), store.password().toCharArray());
    return factory;
  }

  private static TrustManagerFactory trusted(Tls.Store store) throws GeneralSecurityException {
    String algorithm = TrustManagerFactory.getDefaultAlgorithm();
    TrustManagerFactory factory = TrustManagerFactory.getInstance(algorithm);
    factory.init(load(store));
    return factory;
  }

  private static KeyStore load(Tls.Store store) throws GeneralSecurityException {
    try {
      return KeyStore.getInstance(store.file().toFile(), store.password().toCharArray());
    } catch (IOException | KeyStoreException e) {
      throw new IllegalArgumentException(
          store.file() + " cannot be read as a key store with this password", e);
    }
  }
}
