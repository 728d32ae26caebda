package io.radstream.cli.phi;

import io.radstream.schemas.RejectionReason;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of the planted studies: a check in which nothing comes through shows nothing.
 *
 * @param toLearnFrom studies that should come through
 * @param learnable of those, how many did: they are tuples
 * @param withName studies with a name in the picture, or a header that says so
 * @param withNameLearnable of those, how many came through, without the name or with it
 * @param refused what the sources did not send, by reason
 * @param rejected what the stage set aside of studies that should come through, by reason
 */
public record Fates(
    int toLearnFrom,
    int learnable,
    int withName,
    int withNameLearnable,
    Map<RejectionReason, Long> refused,
    Map<RejectionReason, Long> rejected) {

  public Fates {
    refused = Map.copyOf(refused);
    rejected = Map.copyOf(rejected);
  }

  /** Whether only pictures with a name in them were refused. */
  public boolean asExpected() {
    boolean onlyNames = Set.of(RejectionReason.BURNED_IN_TEXT).containsAll(refused.keySet());
    long pictures = refused.getOrDefault(RejectionReason.BURNED_IN_TEXT, 0L);
    return learnable == toLearnFrom && rejected.isEmpty() && onlyNames && pictures <= withName;
  }

  /** For people, a line each. */
  public String told() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d of %d studies to learn from came through, %d of %d with a name in the picture.%n"
            .formatted(learnable, toLearnFrom, withNameLearnable, withName));
    new TreeMap<>(refused)
        .forEach(
            (reason, count) ->
                text.append(
                    "  refused by the source, %s: %d (%s)%n"
                        .formatted(
                            reason,
                            count,
                            reason == RejectionReason.BURNED_IN_TEXT && count <= withName
                                ? "expected: names in pictures"
                                : "NOT expected")));
    new TreeMap<>(rejected)
        .forEach(
            (reason, count) ->
                text.append(
                    "  set aside by the stage, %s: %d (NOT expected)%n".formatted(reason, count)));
    return text.toString();
  }
}
