package io.radstream.producers.jsonl;

import io.radstream.schemas.Projection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The many names of a projection. */
final class ViewNames {

  private static final Pattern SEPARATORS = Pattern.compile("[\\s_\\-./]+");
  private static final Set<String> UNKNOWN = Set.of("", "?", "unknown", "unk");
  private static final Set<String> LATERAL =
      Set.of("l", "lat", "ll", "rl", "lateral", "left lateral", "right lateral", "lateral erect");

  private ViewNames() {}

  /** Never fails: a name that is not known is {@link Projection#OTHER}. */
  static Projection projection(String name) {
    String plain = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    if (UNKNOWN.contains(plain)) {
      return Projection.UNKNOWN;
    } else if (LATERAL.contains(plain)) {
      return Projection.LATERAL;
    } else if (plain.equals("pa") || plain.startsWith("pa ")) {
      return Projection.PA;
    } else if (plain.equals("ap") || plain.startsWith("ap ")) {
      return Projection.AP;
    }
    return Projection.OTHER;
  }
}
