package io.radstream.producers.dicom.edit;

import java.util.Optional;

/** How private elements are numbered (PS3.5, 7.8.1). */
final class PrivateTags {

  private static final int FIRST_CREATOR = 0x10;
  private static final int LAST_CREATOR = 0xFF;
  private static final int GROUP = 0xFFFF_0000;

  private PrivateTags() {}

  private static boolean isPrivate(int tag) {
    return (tag >>> Short.SIZE) % 2 == 1;
  }

  /** Whether it reserves a block. */
  static boolean isCreator(int tag) {
    int element = tag & ~GROUP;
    return isPrivate(tag) && element >= FIRST_CREATOR && element <= LAST_CREATOR;
  }

  /** The tag that reserves the block of this one; empty where it is in none. */
  static Optional<Integer> creator(int tag) {
    int block = (tag & ~GROUP) >>> Byte.SIZE;
    return isPrivate(tag) && block >= FIRST_CREATOR
        ? Optional.of((tag & GROUP) | block)
        : Optional.empty();
  }
}
