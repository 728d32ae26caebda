package io.radstream.model.network;

/** What an objective can ask for beside each picture of a batch: another one of the same shape. */
public enum CompanionKind {
  /** The same radiograph cropped, turned and shaded anew. */
  SECOND_VIEW,
  /** The picture with small patches of it in each other's places. */
  SWAPPED_PATCHES,
  /** The picture in other shades, with pixels in other places, with parts painted over. */
  DISTORTED
}
