package io.radstream.serving.receipt;

import io.radstream.serving.access.Source;
import io.radstream.serving.access.UnusableAccessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key that a service signs receipts with (Ed25519). Thread-safe; its text is a secret. */
public final class ReceiptKey {

  private static final String LABEL = "PRIVATE KEY";
  private static final String NEEDED =
      "it is no private key of the kind Ed25519 in PEM that is not encrypted; 'radstream key"
          + " receipt' makes one";

  private final PrivateKey secret;
  private final ReceiptPublicKey publicKey;

  private ReceiptKey(PrivateKey secret, ReceiptPublicKey publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /** Makes a new one. */
  public static ReceiptKey generate() {
    try {
      // Who knows the seed would know the key, so this must not be repeatable.
      return of(generator(new SecureRandom()).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }

  /**
   * @param file PKCS #8 in PEM
   * @throws UnusableAccessException where it is no such key; the message tells nothing of what the
   *     file holds
   */
  public static ReceiptKey read(Path file) throws UnusableAccessException {
    byte[] der;
    try {
      String text = new String(new Source.InFile(file).read(), StandardCharsets.US_ASCII);
      der = Pem.read(LABEL, text).orElseThrow(() -> new UnusableAccessException(NEEDED));
    } catch (UnusableAccessException e) {
      throw e;
    } catch (IOException e) {
      throw new UnusableAccessException("it cannot be read: " + e.getMessage(), e);
    }
    try {
      PrivateKey secret =
          KeyFactory.getInstance(ReceiptPublicKey.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(der));
      return of(generator(new Known(bytes(secret))).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new UnusableAccessException(NEEDED);
    }
  }

  private static ReceiptKey of(KeyPair pair) {
    return new ReceiptKey(pair.getPrivate(), new ReceiptPublicKey(pair.getPublic()));
  }

  private static KeyPairGenerator generator(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(ReceiptPublicKey.ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, random);
    return generator;
  }

  private static byte[] bytes(PrivateKey secret) {
    return ((EdECPrivateKey) secret).getBytes().orElseThrow();
  }

  /**
   * Java works out a public key only while it makes a private one, which it does of so many random
   * bytes; so the file's own bytes are given for random ones.
   */
  private static final class Known extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] secret;

    private Known(byte[] secret) {
      this.secret = secret.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(secret, 0, bytes, 0, bytes.length);
    }
  }

  /** The secret half, as {@link #read} takes it. */
  public String pem() {
    return Pem.write(LABEL, secret.getEncoded());
  }

  public ReceiptPublicKey publicKey() {
    return publicKey;
  }

  ReceiptSignature sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ReceiptPublicKey.ALGORITHM);
      signature.initSign(secret);
      signature.update(message);
      return new ReceiptSignature(
          ReceiptPublicKey.ALGORITHM,
          publicKey.id(),
          Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that has been tried does not sign", e);
    }
  }
}
