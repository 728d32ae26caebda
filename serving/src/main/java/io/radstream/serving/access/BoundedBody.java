package io.radstream.serving.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Takes the body of an answer up to a bound, and fails where there is more. */
final class BoundedBody implements BodySubscriber<Void> {

  private final int most;
  private final CompletableFuture<byte[]> whole;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private Subscription subscription;

  /**
   * @param most bytes
   * @param whole gets the body, or what is wrong with it; what it has already is not changed
   */
  BoundedBody(int most, CompletableFuture<byte[]> whole) {
    this.most = most;
    this.whole = whole;
  }

  /** Nothing: the client has its own errors for a body that is cancelled, whatever it was told. */
  @Override
  public CompletionStage<Void> getBody() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onSubscribe(Subscription made) {
    subscription = made;
    if (whole.isDone()) {
      made.cancel();
    } else {
      made.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      byte[] next = new byte[piece.remaining()];
      piece.get(next);
      bytes.writeBytes(next);
    }
    if (bytes.size() > most) {
      whole.completeExceptionally(new IOException("it is longer than %d bytes".formatted(most)));
    }
    if (whole.isDone()) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(new IOException("the server cannot be asked: " + failure, failure));
  }

  @Override
  public void onComplete() {
    whole.complete(bytes.toByteArray());
  }
}
