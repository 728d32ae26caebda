package io.radstream.serving.pictures;

import io.radstream.objects.UnclaimableException;

/** A picture at full resolution is not to be had, now and later; the message names no object. */
public final class LostPictureException extends Exception {

  private static final long serialVersionUID = 1L;

  LostPictureException(UnclaimableException cause) {
    super("a view at full resolution " + reason(cause), cause);
  }

  private static String reason(UnclaimableException cause) {
    return switch (cause.reason()) {
      case ELSEWHERE -> "lies where this process may not read; see --originals";
      case GONE -> "is gone from the store";
      case OTHER_CONTENT -> "was changed in the store since it was published";
      case WITHHELD -> "is archived, or its key or policy keeps it from this process";
    };
  }
}
