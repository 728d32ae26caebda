package io.radstream.producers.dicom.listen;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom peers talk to in secret.
 *
 * @param keys the listener's key and certificate
 * @param trusted certificates, or their issuers, of peers that may connect; empty: a peer needs
 *     none
 */
public record Tls(Store keys, Optional<Store> trusted) {

  /**
   * A key store in a file, PKCS #12 or JKS.
   *
   * @param password of the file and the key in it
   */
  public record Store(Path file, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Store[" + file + "]";
    }
  }
}
