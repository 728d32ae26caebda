package io.radstream.serving.access;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * Certificate and key that have been tried together.
 *
 * @param ends when the certificate does
 */
record TlsIdentity(PemKeyCertOptions keys, List<Buffer> clientAuthorities, Instant ends) {

  private static final byte[] SAMPLE = {1, 2, 3};

  /**
   * @param contents of the files of {@link TlsFiles#sources}
   * @throws UnusableAccessException where the service could not be spoken with by them
   */
  static TlsIdentity of(Vertx vertx, List<byte[]> contents, Instant now)
      throws UnusableAccessException {
    PemKeyCertOptions keys =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(contents.get(0)))
            .addKeyValue(Buffer.buffer(contents.get(1)));
    List<Buffer> authorities =
        contents.subList(2, contents.size()).stream().map(Buffer::buffer).toList();
    X509Certificate certificate = tried(vertx, keys);
    Instant ends = certificate.getNotAfter().toInstant();
    if (ends.isBefore(now)) {
      throw new UnusableAccessException("the certificate ended on " + ends);
    }
    for (Buffer authority : authorities) {
      tryAuthorities(vertx, authority);
    }
    return new TlsIdentity(keys, authorities, ends);
  }

  private static X509Certificate tried(Vertx vertx, PemKeyCertOptions keys)
      throws UnusableAccessException {
    X509KeyManager manager = manager(vertx, keys);
    for (String type : List.of("RSA", "EC", "EdDSA", "Ed25519", "Ed448", "RSASSA-PSS")) {
      String[] aliases = manager.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        X509Certificate certificate = manager.getCertificateChain(aliases[0])[0];
        if (!belong(manager.getPrivateKey(aliases[0]), certificate)) {
          throw new UnusableAccessException("the key is not that of the certificate");
        }
        return certificate;
      }
    }
    throw new UnusableAccessException("the key is of a kind that TLS does not use");
  }

  private static X509KeyManager manager(Vertx vertx, PemKeyCertOptions keys)
      throws UnusableAccessException {
    try {
      KeyManagerFactory factory = keys.getKeyManagerFactory(vertx);
      return (X509KeyManager) factory.getKeyManagers()[0];
    } catch (Exception e) {
      // Its message may hold lines of the key.
      throw new UnusableAccessException(
          "a certificate in PEM, and its key in PEM that is not encrypted, are needed");
    }
  }

  private static void tryAuthorities(Vertx vertx, Buffer authority) throws UnusableAccessException {
    try {
      TrustManagerFactory factory =
          new PemTrustOptions().addCertValue(authority).getTrustManagerFactory(vertx);
      if (factory.getTrustManagers().length > 0) {
        return;
      }
    } catch (Exception e) {
      throw new UnusableAccessException("the clients' authorities are no certificates in PEM", e);
    }
    throw new UnusableAccessException("there is no authority for clients");
  }

  private static boolean belong(PrivateKey key, X509Certificate certificate) {
    try {
      Signature signature = Signature.getInstance(algorithm(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(String keys) {
    return switch (keys) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> keys;
    };
  }

  /** What Vert.x is to be told. */
  ServerSSLOptions options() {
    ServerSSLOptions options =
        new ServerSSLOptions()
            .setKeyCertOptions(keys)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    if (!clientAuthorities.isEmpty()) {
      PemTrustOptions trusted = new PemTrustOptions();
      clientAuthorities.forEach(trusted::addCertValue);
      options.setTrustOptions(trusted).setClientAuth(ClientAuth.REQUIRED);
    }
    return options;
  }
}
