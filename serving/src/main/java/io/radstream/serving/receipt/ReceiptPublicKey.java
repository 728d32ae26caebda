package io.radstream.serving.receipt;

import io.radstream.radiology.Sha256;
import io.radstream.serving.access.Source;
import io.radstream.serving.access.UnusableAccessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The half of a service's key that everybody may have: with it receipts are verified. */
public record ReceiptPublicKey(PublicKey key) {

  /** Of the key and its signatures (RFC 8032). */
  public static final String ALGORITHM = "Ed25519";

  private static final String LABEL = "PUBLIC KEY";
  private static final int ID_DIGITS = 16;

  /** Of the key itself, which its encoding ends with. */
  private static final int BYTES = 32;

  public ReceiptPublicKey {
    Objects.requireNonNull(key, "key");
  }

  /**
   * @param file SubjectPublicKeyInfo in PEM
   * @throws UnusableAccessException where it is no such key; the message says what is needed
   */
  public static ReceiptPublicKey read(Path file) throws UnusableAccessException {
    try {
      String text = new String(new Source.InFile(file).read(), StandardCharsets.US_ASCII);
      byte[] der =
          Pem.read(LABEL, text)
              .orElseThrow(() -> new UnusableAccessException("it is no public key in PEM"));
      return new ReceiptPublicKey(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der)));
    } catch (GeneralSecurityException e) {
      throw new UnusableAccessException("it is no public key of the kind Ed25519", e);
    } catch (UnusableAccessException e) {
      throw e;
    } catch (IOException e) {
      throw new UnusableAccessException("it cannot be read: " + e.getMessage(), e);
    }
  }

  /** The first 16 hexadecimal digits of the SHA-256 of the key's SubjectPublicKeyInfo. */
  public String id() {
    return Sha256.of(key.getEncoded()).substring(0, ID_DIGITS);
  }

  public String pem() {
    return Pem.write(LABEL, key.getEncoded());
  }

  /** As JSON Web Key (RFC 8037). */
  public Map<String, String> jwk() {
    byte[] encoded = key.getEncoded();
    byte[] bare = Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length);
    Map<String, String> jwk = new LinkedHashMap<>();
    jwk.put("kty", "OKP");
    jwk.put("crv", ALGORITHM);
    jwk.put("x", Base64.getUrlEncoder().withoutPadding().encodeToString(bare));
    jwk.put("kid", id());
    jwk.put("use", "sig");
    jwk.put("alg", "EdDSA");
    return jwk;
  }

  /** Whether the other half of this key has signed the message. */
  boolean hasSigned(byte[] message, byte[] signature) {
    try {
      Signature verification = Signature.getInstance(ALGORITHM);
      verification.initVerify(key);
      verification.update(message);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature of another length, or that is no point of the curve.
      return false;
    }
  }
}
