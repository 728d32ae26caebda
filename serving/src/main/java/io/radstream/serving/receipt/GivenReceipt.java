package io.radstream.serving.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/**
 * A receipt as somebody holds it out.
 *
 * @param answer of {@code /v1/score} that it came with; empty where it was given alone
 */
public record GivenReceipt(Receipt receipt, Optional<JsonNode> answer) {

  public GivenReceipt {
    Objects.requireNonNull(receipt, "receipt");
    Objects.requireNonNull(answer, "answer");
  }

  ReceiptPayload payload() {
    return receipt.payload();
  }
}
