package io.radstream.serving.receipt;

import java.util.Base64;
import java.util.Optional;

/**
 * Whether the service has signed the receipt.
 *
 * @param key the service's; it must not come from the receipt's bearer
 */
record SignatureCheck(Optional<ReceiptPublicKey> key) {

  private static final String NAME = "signature";

  ReceiptCheck of(Receipt receipt) {
    ReceiptSignature signature = receipt.signature();
    if (key.isEmpty()) {
      return ReceiptCheck.notChecked(
          NAME,
          signature == null
              ? "there is none: anybody could have written the receipt"
              : "it names key %s; to check it needs the service's public key"
                  .formatted(signature.keyId()));
    }
    return signature == null
        ? ReceiptCheck.failed(NAME, "there is none")
        : of(receipt.payload(), signature, key.get());
  }

  private static ReceiptCheck of(
      ReceiptPayload payload, ReceiptSignature signature, ReceiptPublicKey key) {
    if (!signature.algorithm().equals(ReceiptPublicKey.ALGORITHM)) {
      return ReceiptCheck.failed(
          NAME, "it is of the kind %s, which is not known here".formatted(signature.algorithm()));
    }
    if (!signature.keyId().equals(key.id())) {
      return ReceiptCheck.failed(
          NAME, "it names key %s, the one given is %s".formatted(signature.keyId(), key.id()));
    }
    return key.hasSigned(payload.canonical(), bytes(signature))
        ? ReceiptCheck.ok(NAME, "by key " + key.id())
        : ReceiptCheck.failed(
            NAME, "key %s has not signed what the receipt says now".formatted(key.id()));
  }

  /** Only as it was written: base64 has spare bits, by which another text would mean the same. */
  private static byte[] bytes(ReceiptSignature signature) {
    try {
      byte[] bytes = Base64.getDecoder().decode(signature.value());
      return Base64.getEncoder().encodeToString(bytes).equals(signature.value())
          ? bytes
          : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
