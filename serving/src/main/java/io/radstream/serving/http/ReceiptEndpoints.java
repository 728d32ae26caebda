package io.radstream.serving.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.radstream.serving.receipt.ReceiptPublicKey;
import io.radstream.serving.receipt.Receipts;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** {@code /v1/receipt-key}: what receipts are verified with, also by other programs. */
record ReceiptEndpoints(Receipts receipts) implements EndpointGroup {

  private record KeyAnswer(String keyId, String algorithm, String pem, Map<String, String> jwk) {}

  @Override
  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get("/v1/receipt-key", this::key));
  }

  private void key(RoutingContext context) {
    ReceiptPublicKey key =
        receipts
            .publicKey()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            HttpResponseStatus.NOT_FOUND.code(),
                            "no_receipt_key",
                            "this service does not sign its receipts; who runs it gives it a key"
                                + " with --receipt-key")));
    Json.send(context, new KeyAnswer(key.id(), ReceiptPublicKey.ALGORITHM, key.pem(), key.jwk()));
  }
}
