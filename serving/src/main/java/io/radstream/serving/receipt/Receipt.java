package io.radstream.serving.receipt;

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
}
