package io.radstream.producers.dicom.codec;

/** What a codestream says that the three samples of its pixels are. */
public enum ColourModel {
  /** It says nothing: they are what was put in. */
  UNSTATED,
  RED_GREEN_BLUE,
  /** A brightness, and how blue and how red. */
  BRIGHTNESS_AND_COLOURS
}
