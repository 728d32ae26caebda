package io.radstream.serving.inference;

import java.util.Optional;

/**
 * The body of a request, and what its head says of it.
 *
 * @param headerLength {@code Inference-Header-Content-Length}, as it was sent
 * @param encoding {@code Content-Encoding}, as it was sent
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
public record InferenceBody(
    byte[] bytes, Optional<String> headerLength, Optional<String> encoding) {

  /** Tells how many bytes of a body are JSON; tensors follow. */
  public static final String HEADER_LENGTH = "Inference-Header-Content-Length";
}
