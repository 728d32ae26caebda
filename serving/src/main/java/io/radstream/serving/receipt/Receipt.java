package io.radstream.serving.receipt;

import java.nio.charset.StandardCharsets;

/**
 * What an answer was made of.
 *
 * @param signature null where the service has no key
 */
public record Receipt(ReceiptPayload payload, ReceiptSignature signature) {

  /**
   * @throws IllegalArgumentException where there is no payload
   */
  public Receipt {
    Form.present("payload", payload);
  }

  /** All of it as JSON, in its canonical form. */
  public String text() {
    return new String(CanonicalJson.of(this), StandardCharsets.UTF_8);
  }
}
