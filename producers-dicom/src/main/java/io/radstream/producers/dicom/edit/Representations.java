package io.radstream.producers.dicom.edit;

import java.util.List;
import java.util.Optional;

/** What attributes hold, where a file does not say it. */
@FunctionalInterface
public interface Representations {

  /**
   * @param creator of a private attribute, where it is reserved
   * @return one, or those between which the file decides; none where it is not known
   */
  List<String> of(int tag, Optional<String> creator);
}
