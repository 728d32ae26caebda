package io.radstream.producers.publish;

import io.radstream.schemas.RejectionReason;
import java.util.Optional;

/**
 * Tells a progress of what goes into a sink and what becomes of it.
 *
 * @param sink that takes it
 */
record WatchedSink(PartSink sink, PublishProgress progress) implements PartSink {

  @Override
  public void accept(Consignment consignment, Receipt receipt) {
    progress.received(consignment);
    sink.accept(consignment, new Watched(consignment, receipt, progress));
  }

  @Override
  public Optional<String> recall(String key) {
    return sink.recall(key);
  }

  @Override
  public boolean isOpen() {
    return sink.isOpen();
  }

  /** Whoever sent it is told first, since somebody waits there. */
  private record Watched(Consignment consignment, Receipt receipt, PublishProgress progress)
      implements Receipt {

    @Override
    public void acknowledged() {
      try {
        receipt.acknowledged();
      } finally {
        progress.acknowledged(consignment);
      }
    }

    @Override
    public void refused(RejectionReason reason, String explanation) {
      try {
        receipt.refused(reason, explanation);
      } finally {
        progress.refused(consignment, reason, explanation);
      }
    }

    @Override
    public void failed(String explanation) {
      try {
        receipt.failed(explanation);
      } finally {
        progress.failed(consignment);
      }
    }
  }
}
