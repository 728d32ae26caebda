package io.radstream.results.dicom;

import io.radstream.results.destination.Destination;
import io.radstream.results.destination.NoAnswer;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.dicom.StoreAssociation.NotAssociatedException;
import java.io.IOException;
import java.util.Optional;

/** An archive that gets results by C-STORE, each in an association of its own. */
public final class StoreDestination implements Destination {

  private static final int SUCCESS = 0x0000;
  private static final int PROCESSING_FAILURE = 0x0110;
  private static final int NO_SUCH_CLASS = 0x0122;
  private static final int NOT_AUTHORIZED = 0x0124;
  private static final int WARNING = 0xB;
  private static final int OUT_OF_RESOURCES = 0xA7;

  private final StoreAddress address;

  public StoreDestination(StoreAddress address) {
    this.address = address;
  }

  @Override
  public String name() {
    return "dicom";
  }

  @Override
  public Outcome deliver(Result result) {
    Optional<ReportDocument> document = ReportDocument.of(result);
    if (document.isEmpty()) {
      return new Outcome.Unaddressed("no study UID is known");
    }
    try {
      return outcome(stored(document.get()));
    } catch (NotAssociatedException e) {
      return new Outcome.Away(e.getMessage());
    } catch (IOException e) {
      return NoAnswer.after(e);
    }
  }

  private int stored(ReportDocument document) throws IOException {
    try (StoreAssociation association = StoreAssociation.open(address)) {
      int status = association.store(document);
      association.release();
      return status;
    }
  }

  /** PS3.4, B.2.3. */
  private static Outcome outcome(int status) {
    String said = "status %04X".formatted(status);
    if (status == SUCCESS || status >>> 12 == WARNING) {
      return new Outcome.Delivered();
    }
    if (status >>> Byte.SIZE == OUT_OF_RESOURCES
        || status == NO_SUCH_CLASS
        || status == NOT_AUTHORIZED) {
      return new Outcome.Away(said);
    }
    return status == PROCESSING_FAILURE ? new Outcome.Failed(said) : new Outcome.Refused(said);
  }

  @Override
  public void close() {
    // Nothing is held between two results.
  }
}
