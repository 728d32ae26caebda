package io.radstream.results.dicom;

import io.radstream.results.destination.Destination;
import io.radstream.results.destination.NoAnswer;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.dicom.StoreAssociation.NotAssociatedException;
import io.radstream.results.maps.ResultMaps;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An archive that gets results by C-STORE, each in an association of its own: the report first, and
 * its pictures.
 */
public final class StoreDestination implements Destination {

  private static final int SUCCESS = 0x0000;
  private static final int PROCESSING_FAILURE = 0x0110;
  private static final int NO_SUCH_CLASS = 0x0122;
  private static final int NOT_AUTHORIZED = 0x0124;
  private static final int WARNING = 0xB;
  private static final int OUT_OF_RESOURCES = 0xA7;

  private final StoreAddress address;
  private final ResultObjects objects;

  public StoreDestination(StoreAddress address) {
    this(address, Optional.empty());
  }

  /**
   * @param maps empty where no pictures are wanted
   */
  public StoreDestination(StoreAddress address, Optional<ResultMaps> maps) {
    this.address = address;
    this.objects = new ResultObjects(maps);
  }

  @Override
  public String name() {
    return "dicom";
  }

  @Override
  public Outcome deliver(Result result) {
    List<StoredObject> all = objects.of(result);
    if (all.isEmpty()) {
      return ResultObjects.UNADDRESSED;
    }
    try {
      return stored(all);
    } catch (NotAssociatedException e) {
      return new Outcome.Away(e.getMessage());
    } catch (IOException e) {
      return NoAnswer.after(e);
    }
  }

  /** Up to the first that is not taken. */
  private Outcome stored(List<StoredObject> all) throws IOException {
    try (StoreAssociation association = StoreAssociation.open(address, all)) {
      Outcome outcome = new Outcome.Delivered();
      for (StoredObject object : all) {
        outcome = outcome(association.store(object));
        if (!(outcome instanceof Outcome.Delivered)) {
          break;
        }
      }
      association.release();
      return outcome;
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
