package io.radstream.serving.receipt;

/**
 * Who stands for a receipt.
 *
 * @param algorithm {@code Ed25519} (RFC 8032)
 * @param keyId of the key, see {@link ReceiptPublicKey#id}
 * @param value the signature of the payload's canonical form, in base64
 */
public record ReceiptSignature(String algorithm, String keyId, String value) {

  /**
   * @throws IllegalArgumentException where a field is missing or no line of text
   */
  public ReceiptSignature {
    Form.text("signature.algorithm", algorithm);
    Form.text("signature.keyId", keyId);
    Form.text("signature.value", value);
  }
}
