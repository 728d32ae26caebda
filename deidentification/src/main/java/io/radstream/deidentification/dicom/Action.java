package io.radstream.deidentification.dicom;

/** What is done to an attribute. */
public enum Action {
  /** It stays; the attributes in a sequence have actions of their own. */
  KEEP,
  /** It goes. */
  REMOVE,
  /** It stays without a value. */
  EMPTY,
  /** Its value gives way to one that says nothing, and so do all values in a sequence. */
  DUMMY,
  /** What identifies in it goes: dates are moved, UIDs mapped, text scrubbed, old ages cut. */
  CLEAN,
  /** Its UID is mapped; in a sequence that refers to others, as KEEP. */
  MAP_UID
}
