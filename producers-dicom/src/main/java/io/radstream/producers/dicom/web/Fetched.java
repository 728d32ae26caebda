package io.radstream.producers.dicom.web;

import io.radstream.producers.dicom.Instance;
import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.dicom.web.ArchiveException.Kind;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;

/** What became of asking for one instance. */
sealed interface Fetched {

  /** It is a radiograph. */
  record Read(Instance instance) implements Fetched {}

  /** It is there, and is not published. */
  record Refused(RejectionReason reason, String explanation) implements Fetched {}

  /** It vanished since it was listed. */
  record Gone() implements Fetched {}

  /** It may be had later. */
  record Failed(ArchiveException failure) implements Fetched {}

  static Fetched from(DicomWeb archive, InstanceReader reader, InstanceAddress address) {
    try {
      Instance instance = reader.read(archive.retrieve(address));
      return instance.sopInstanceUid().equals(address.instance())
          ? new Read(instance)
          : failed("the archive answered with another object than was asked for", null);
    } catch (ArchiveException e) {
      return switch (e.kind()) {
        case GONE -> new Gone();
        case TOO_LARGE ->
            new Refused(RejectionReason.OVERSIZED, "the object is too large: " + e.getMessage());
        default -> new Failed(e);
      };
    } catch (RefusedStudyException e) {
      return new Refused(e.reason(), e.getMessage());
    } catch (OutOfMemoryError e) {
      return failed("Java's heap has no room for the object: give it more with -Xmx", e);
    } catch (RuntimeException e) {
      // What one object does to the reader must not stop the others.
      return failed("the object cannot be read (%s)".formatted(e.getClass().getSimpleName()), e);
    }
  }

  private static Failed failed(String message, Throwable cause) {
    return new Failed(new ArchiveException(Kind.BAD_ANSWER, message, cause));
  }
}
