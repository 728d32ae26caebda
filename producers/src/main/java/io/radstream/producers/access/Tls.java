package io.radstream.producers.access;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * How the two ends of a connection know each other. All is read once, so that what is wrong is told
 * before anybody connects.
 */
public final class Tls {

  /** A certificate that ends sooner is told of. */
  private static final Duration SOON = Duration.ofDays(30);

  private final Optional<KeyManagerFactory> keys;
  private final Optional<TrustManagerFactory> trusted;
  private final List<Dated> certificates = new ArrayList<>();

  private record Dated(String name, X509Certificate certificate) {}

  private Tls(Optional<KeyStoreFile> keys, Optional<KeyStoreFile> trusted) throws IOException {
    this.keys = keys.isPresent() ? Optional.of(keyManagers(keys.get())) : Optional.empty();
    this.trusted =
        trusted.isPresent() ? Optional.of(trustManagers(trusted.get())) : Optional.empty();
  }

  /**
   * For whoever listens.
   *
   * @param keys this end's key and certificate
   * @param trusted certificates of those who may connect, or of who issues theirs; empty: they need
   *     none
   * @throws IOException where a file cannot be used; the message says why and names the file
   */
  public static Tls listening(KeyStoreFile keys, Optional<KeyStoreFile> trusted)
      throws IOException {
    return new Tls(Optional.of(keys), trusted);
  }

  /**
   * For whoever connects.
   *
   * @param keys this end's key and certificate, where the other end asks for one
   * @param trusted certificates of the other end, or of who issues its; empty: the authorities that
   *     Java knows
   * @throws IOException where a file cannot be used; the message says why and names the file
   */
  public static Tls connecting(Optional<KeyStoreFile> keys, Optional<KeyStoreFile> trusted)
      throws IOException {
    return new Tls(keys, trusted);
  }

  /** This end's key; there is one where it listens. */
  public Optional<KeyManagerFactory> keys() {
    return keys;
  }

  public Optional<TrustManagerFactory> trusted() {
    return trusted;
  }

  /** With all this, for whoever connects. */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys.map(KeyManagerFactory::getKeyManagers).orElse(new KeyManager[0]),
          trusted.<TrustManager[]>map(TrustManagerFactory::getTrustManagers).orElse(null),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java knows no TLS", e);
    }
  }

  /** What a person should know of certificates that do not hold, or not for long. */
  public List<String> warnings(Instant now) {
    List<String> warnings = new ArrayList<>();
    for (Dated dated : certificates) {
      Instant from = dated.certificate().getNotBefore().toInstant();
      Instant end = dated.certificate().getNotAfter().toInstant();
      if (now.isAfter(end)) {
        warnings.add("%s ended on %s: others will refuse it".formatted(dated.name(), end));
      } else if (now.isBefore(from)) {
        warnings.add("%s does not hold before %s".formatted(dated.name(), from));
      } else if (now.plus(SOON).isAfter(end)) {
        warnings.add("%s ends on %s: renew it before".formatted(dated.name(), end));
      }
    }
    return List.copyOf(warnings);
  }

  private KeyManagerFactory keyManagers(KeyStoreFile file) throws IOException {
    KeyStore store = file.load();
    try {
      boolean key = false;
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          key = true;
          note(file, store, alias);
        }
      }
      if (!key) {
        throw new IOException(
            file.file() + " holds no private key: a key store with this end's key is needed");
      }
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, file.keyPassword());
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IOException("the password does not open the key in " + file.file(), e);
    }
  }

  private TrustManagerFactory trustManagers(KeyStoreFile file) throws IOException {
    KeyStore store = file.load();
    try {
      boolean certificate = false;
      for (String alias : Collections.list(store.aliases())) {
        // Of a key store with a key, that key's own certificate.
        if (store.getCertificate(alias) != null) {
          certificate = true;
          note(file, store, alias);
        }
      }
      if (!certificate) {
        throw new IOException(file.file() + " holds no certificate to be trusted");
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates in " + file.file() + " cannot be used", e);
    }
  }

  private void note(KeyStoreFile file, KeyStore store, String alias)
      throws GeneralSecurityException {
    if (store.getCertificate(alias) instanceof X509Certificate certificate) {
      certificates.add(
          new Dated("certificate '%s' of %s".formatted(alias, file.file()), certificate));
    }
  }
}
