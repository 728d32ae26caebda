package io.radstream.deidentification.dicom;

import java.util.Optional;

/**
 * An attribute of a data set, without its value.
 *
 * @param tag group and element, as 0x00100010
 * @param vr value representation, two letters
 * @param creator of a private attribute, where it is reserved
 */
public record Attribute(int tag, String vr, Optional<String> creator) {

  private static final int ELEMENT_BITS = 16;
  private static final int FIRST_CREATOR = 0x10;
  private static final int LAST_CREATOR = 0xFF;

  public static Attribute of(int tag, String vr) {
    return new Attribute(tag, vr, Optional.empty());
  }

  /** Whether its group is odd. */
  boolean isPrivate() {
    return (tag >>> ELEMENT_BITS) % 2 == 1;
  }

  /** Whether it reserves a block of private elements for a creator. */
  boolean isCreator() {
    int element = tag & 0xFFFF;
    return isPrivate() && element >= FIRST_CREATOR && element <= LAST_CREATOR;
  }
}
