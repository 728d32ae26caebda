package io.radstream.radiology.findings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a clause says of a finding that it speaks of: the nearest cue behind that reaches back to it
 * counts, else the nearest one before that reaches it.
 *
 * @param cues of the clause, in their order
 */
record ClauseReading(String clause, List<Cue> cues) {

  private static final Pattern JOINS = Pattern.compile("\\b(?:or|nor|and|versus)\\b");

  Certainty of(Mention mention) {
    return switch (mention.says()) {
      case FIXED -> Certainty.PRESENT;
      case PRESENT -> read(mention, Certainty.PRESENT, Certainty.ABSENT);
      case UNCERTAIN -> read(mention, Certainty.UNCERTAIN, Certainty.ABSENT);
      case ABSENT -> within(mention).read(mention, Certainty.ABSENT, Certainty.PRESENT);
    };
  }

  /** "No effusion and normal heart size": what is denied before is not the phrase. */
  private ClauseReading within(Mention mention) {
    return new ClauseReading(
        clause,
        cues.stream()
            .filter(cue -> cue.start() >= mention.start() && cue.end() <= mention.end())
            .toList());
  }

  private Certainty read(Mention mention, Certainty said, Certainty denied) {
    return before(mention)
        .or(() -> after(mention))
        .map(
            cue ->
                switch (cue.kind()) {
                  case DENY_AFTER, DENY_BEFORE -> denied;
                  case DOUBT_AFTER, DOUBT_BEFORE -> Certainty.UNCERTAIN;
                  default -> said;
                })
        .orElse(said);
  }

  /** A cue behind the mention. */
  private Optional<Cue> before(Mention mention) {
    return cues.stream()
        .filter(cue -> cue.start() >= mention.end())
        .takeWhile(cue -> cue.kind() != Cue.Kind.END)
        .filter(cue -> cue.kind().isOfWhatPrecedes())
        .findFirst()
        .filter(cue -> isOneList(clause.substring(mention.end(), cue.start())));
  }

  /** A cue before the mention, or in it. */
  private Optional<Cue> after(Mention mention) {
    Optional<Cue> nearest =
        cues.stream()
            .filter(cue -> cue.start() < mention.end())
            .filter(
                cue -> isEnd(cue, mention) || cue.kind().isOfWhatFollows() || isIn(cue, mention))
            .reduce((first, second) -> second);
    return nearest
        .filter(cue -> cue.kind() != Cue.Kind.END)
        .filter(cue -> cue.kind() == Cue.Kind.DENY_AFTER || reaches(cue, mention));
  }

  private static boolean isEnd(Cue cue, Mention mention) {
    return cue.kind() == Cue.Kind.END && cue.end() <= mention.start();
  }

  private static boolean isIn(Cue cue, Mention mention) {
    return cue.kind().isOfWhatPrecedes() && cue.start() >= mention.start();
  }

  /** Doubt ends at a comma, unless a list goes on; what is denied is often a list without "or". */
  private boolean reaches(Cue cue, Mention mention) {
    return cue.end() >= mention.start()
        || clause.substring(cue.end(), mention.start()).indexOf(',') < 0
        || isOneList(clause.substring(cue.end()));
  }

  private static boolean isOneList(String between) {
    int comma = between.indexOf(',');
    return comma < 0 || JOINS.matcher(between).region(comma, between.length()).find();
  }
}
