package io.radstream.model.network;

/** What an objective can ask for beside each picture of a batch: another one of the same shape. */
public enum CompanionKind {
  /** The same radiograph cropped, turned and shaded anew. */
  SECOND_VIEW,
  /** The picture with small patches of it in each other's places. */
  SWAPPED_PATCHES,
  /** The picture in other shades, with pixels in other places, with parts painted over. */
  DISTORTED,
  /** A part of the picture at one of a fixed number of places, as large as the picture. */
  WORD,
  /** The companion {@link #WORD}, distorted as {@link #DISTORTED} is. */
  DISTORTED_WORD;

  /** Places that words are cut from: how many words there are (44 in the code of TransVW). */
  public static final int WORDS = 44;
}
