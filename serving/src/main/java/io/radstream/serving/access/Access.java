package io.radstream.serving.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a caller must be allowed to do, so that an endpoint answers. */
public enum Access {
  /** Answers everybody. */
  PUBLIC,
  /** Scores and vectors of the caller's own studies. */
  SCORE,
  /** Texts of reports that others sent, where a search finds them. */
  REPORTS,
  /** Which studies of others arrived, and what was found in them. */
  WORKLIST,
  /** Says what is to be found in studies of others. Who may do that may see them, too. */
  LABEL,
  /** What the service tells of models, training and itself. */
  READ,
  /** Changes what answers. Who may do that may read, too, and not score. */
  OPERATE;

  /** As it stands in files and tokens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that name; empty where there is none, as for {@link #PUBLIC}, which is no role. */
  public static Optional<Access> role(String word) {
    return Arrays.stream(values())
        .filter(access -> access != PUBLIC && access.word().equals(word))
        .findFirst();
  }

  /** The roles that there are, for messages. */
  public static String roles() {
    return Arrays.stream(values())
        .filter(access -> access != PUBLIC)
        .map(Access::word)
        .collect(Collectors.joining(", "));
  }
}
