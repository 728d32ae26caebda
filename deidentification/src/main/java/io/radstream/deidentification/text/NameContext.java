package io.radstream.deidentification.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the surroundings of a word tell of it.
 *
 * @param matches of each word of the text
 */
record NameContext(ReportText text, List<Match> matches, PersonNames names, NameLexicon lexicon) {

  /** Whether a word is among a study's names. */
  enum Match {
    NONE,
    DOUBTFUL,
    SURE
  }

  /** What may stand between two words of one name. */
  private static final Pattern JOINT = Pattern.compile("[ ]{0,2}[-,.']?[.,]?\\s{0,2}");

  private static final Pattern STOP = Pattern.compile("\\.\\s");

  private static final Pattern NEW_SENTENCE = Pattern.compile("[.!?:;*>\"\\n\\r(\\[/]");

  private static final int ABBREVIATION = 3;

  /** Of those that are written with a full stop, as Prof. and Srta. */
  private static final int LONGEST_TITLE = 4;

  private static final Set<String> MONTHS = Set.of("may", "june", "april", "august", "march");

  private static final Set<String> BEFORE_MONTHS =
      Set.of(
          "in", "since", "of", "from", "last", "until", "through", "early", "late", "mid", "till");

  /** What is named after physicians. */
  private static final Set<String> NAMED_AFTER =
      Set.of(
          "line",
          "lines",
          "disease",
          "syndrome",
          "sign",
          "tube",
          "tubes",
          "catheter",
          "catheters",
          "drain",
          "drains",
          "cyst",
          "lymphoma",
          "node",
          "nodes",
          "rod",
          "rods",
          "hump",
          "fracture",
          "fractures",
          "lesion",
          "ganz",
          "port",
          "hernia",
          "criteria",
          "angle",
          "deformity",
          "sarcoma",
          "tumor",
          "esophagus",
          "oesophagus",
          "lung",
          "valve",
          "pratt",
          "sachs",
          "classification",
          "score",
          "test",
          "ring",
          "nodule",
          "nodules");

  /** Whether a word that may be a name is meant as one. */
  boolean showsName(int i) {
    return word(i).isCapitalised()
        && (besideName(i)
            || titled(i)
            || besideInitial(i)
            || behindParticle(i)
            || capitalWithin(i));
  }

  /** Whether word i and the next may be of one name. */
  boolean joined(int i) {
    String between = text.between(word(i).end(), word(i + 1).start());
    boolean stop = STOP.matcher(between).find() && !isAbbreviation(word(i));
    return !stop && JOINT.matcher(between).matches();
  }

  /** Whether a full stop behind it need not end the sentence. */
  private boolean isAbbreviation(Word word) {
    boolean title = word.text().length() <= LONGEST_TITLE && lexicon.isTitle(word.text());
    return word.text().length() <= 2 || title;
  }

  /** Initials and particles go with the name that they stand beside. */
  boolean[] withInitials(boolean[] out) {
    boolean[] all = out.clone();
    for (int i = 0; i < out.length; i++) {
      boolean before = i > 0 && out[i - 1] && joined(i - 1);
      boolean after = i + 1 < out.length && out[i + 1] && joined(i);
      boolean between = before && after;
      boolean initial = word(i).isInitial() && (between || ((before || after) && isInitial(i)));
      all[i] |= initial || (between && lexicon.isParticle(word(i).text()));
    }
    for (int i = out.length - 2; i >= 0; i--) {
      all[i] |= all[i + 1] && isParticle(i) && joined(i);
    }
    return all;
  }

  private Word word(int i) {
    return text.words().get(i);
  }

  private boolean isLast(int i) {
    return i + 1 == text.words().size();
  }

  private static String lower(Word word) {
    return word.text().toLowerCase(Locale.ROOT);
  }

  private boolean besideName(int i) {
    return (i > 0 && both(i - 1)) || (!isLast(i) && both(i));
  }

  /** Whether word i and the next may both be names, and of one person. */
  private boolean both(int i) {
    return matches.get(i) != Match.NONE
        && matches.get(i + 1) != Match.NONE
        && word(i).isCapitalised()
        && word(i + 1).isCapitalised()
        && joined(i)
        && !lower(word(i)).equals(lower(word(i + 1)));
  }

  private boolean titled(int i) {
    boolean before = i > 0 && lexicon.isTitle(word(i - 1).text()) && joined(i - 1);
    boolean after = !isLast(i) && lexicon.isCredential(word(i + 1).text()) && joined(i);
    return before || after;
  }

  private boolean besideInitial(int i) {
    boolean before = i > 0 && isInitial(i - 1) && joined(i - 1);
    return before || (!isLast(i) && isInitial(i + 1) && joined(i));
  }

  /** Whether a particle of the study's names is right before it: van der Berg, v.d. Berg. */
  private boolean behindParticle(int i) {
    return i > 0 && isParticle(i - 1) && joined(i - 1);
  }

  private boolean isParticle(int i) {
    String particle = lower(word(i));
    boolean brief =
        particle.length() == 1
            && text.folded().startsWith(".", word(i).end())
            && names.particles().stream().anyMatch(it -> it.startsWith(particle));
    return brief || names.particles().contains(particle);
  }

  /** One of the study's, with a dot. */
  private boolean isInitial(int i) {
    return word(i).isInitial()
        && names.initials().contains(lower(word(i)))
        && text.folded().startsWith(".", word(i).end());
  }

  /** Whether the word has a capital letter within a sentence of small ones. */
  private boolean capitalWithin(int i) {
    if (text.capitals() || i == 0) {
      return false;
    }
    Word word = word(i);
    Word before = word(i - 1);
    boolean month = MONTHS.contains(lower(word)) && BEFORE_MONTHS.contains(lower(before));
    boolean abbreviation =
        word.text().length() <= ABBREVIATION
            && word.text().equals(word.text().toUpperCase(Locale.ROOT));
    boolean namedAfter = !isLast(i) && NAMED_AFTER.contains(lower(word(i + 1)));
    return Character.isLowerCase(before.text().charAt(0))
        && !month
        && !abbreviation
        && !namedAfter
        && !NEW_SENTENCE.matcher(text.between(before.end(), word.start())).find();
  }
}
