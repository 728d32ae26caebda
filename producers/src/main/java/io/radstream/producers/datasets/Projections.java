package io.radstream.producers.datasets;

import io.radstream.schemas.Projection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How the sets name projections. */
final class Projections {

  private static final Pattern SEPARATORS = Pattern.compile("[\\s_\\-./]+");
  private static final Set<String> UNKNOWN =
      Set.of("", "?", "unk", "unknown", "frontal", "none", "nan");
  private static final Set<String> LATERAL =
      Set.of(
          "l",
          "ll",
          "rl",
          "lat",
          "lateral",
          "left lateral",
          "right lateral",
          "large lateral",
          "xtable lateral");

  private Projections() {}

  /** Never fails: a name that is not known is {@link Projection#OTHER}. */
  static Projection of(String name) {
    String plain = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    if (UNKNOWN.contains(plain)) {
      return Projection.UNKNOWN;
    } else if (LATERAL.contains(plain)) {
      return Projection.LATERAL;
    } else if (begins(plain, "pa") || plain.equals("postero anterior")) {
      return Projection.PA;
    } else if (begins(plain, "ap") || plain.equals("aps") || plain.equals("antero posterior")) {
      return Projection.AP;
    }
    return Projection.OTHER;
  }

  private static boolean begins(String name, String word) {
    return name.equals(word) || name.startsWith(word + " ");
  }
}
