package io.radstream.producers.access;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;

/**
 * Keys or certificates in a file: a key store, PKCS #12 or JKS, or for certificates also PEM.
 *
 * @param password of the key store and of the key in it
 */
public record KeyStoreFile(Path file, Optional<Secret> password) {

  private static final String PEM = "-----BEGIN";

  /**
   * @throws IOException where it cannot be read; the message names the file and what is wrong with
   *     it, never the password
   */
  KeyStore load() throws IOException {
    byte[] content = content();
    try {
      boolean pem = new String(content, StandardCharsets.ISO_8859_1).contains(PEM);
      return pem ? ofPem(content) : KeyStore.getInstance(file.toFile(), characters());
    } catch (KeyStoreException e) {
      throw new IOException(
          file + " is no key store: PKCS #12 or JKS is needed; for certificates also PEM", e);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " holds what cannot be read as keys or certificates", e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Of the key in the store; empty where it has none. */
  char[] keyPassword() throws IOException {
    char[] characters = characters();
    return characters == null ? new char[0] : characters;
  }

  private byte[] content() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": this user may not read it", e);
    }
  }

  private IOException unreadable(IOException e) {
    if (!(e.getCause() instanceof UnrecoverableKeyException)) {
      return new IOException(file + " is no key store, or damaged", e);
    }
    return new IOException(
        password.isPresent()
            ? "the password does not open " + file
            : file + " needs a password, in a file of its own",
        e);
  }

  private char[] characters() throws IOException {
    return password.isPresent() ? password.get().read().toCharArray() : null;
  }

  private static KeyStore ofPem(byte[] content) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    Collection<? extends Certificate> certificates =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(content));
    int number = 0;
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("certificate " + ++number, certificate);
    }
    return store;
  }
}
