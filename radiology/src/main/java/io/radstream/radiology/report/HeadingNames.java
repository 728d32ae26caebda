package io.radstream.radiology.report;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the names of sections mean: by a list of names, and by rule for those that no list can hold
 * (misspelt, or telling how the picture was taken).
 */
final class HeadingNames {

  private static final HeadingNames KNOWN = new HeadingNames(HeadingVocabulary.read());

  /** Long enough that a slip of the pen makes no other word. */
  private static final List<String> MISSPELT =
      List.of("findings", "finding", "impression", "impressions", "conclusion", "conclusions");

  private static final List<String> MISSPELT_CONTEXT =
      List.of("indication", "comparison", "comparisons", "technique", "examination", "history");

  private static final List<String> MISSPELT_CLOSING =
      List.of("recommendation", "recommendations", "notification", "notifications");

  /** Of a name that tells of the request by one of its words; more are a sentence. */
  private static final int MOST_WORDS = 6;

  /**
   * Of a name in a script without spaces, in signs, where no colon follows; more are a sentence.
   */
  private static final int MOST_SIGNS = 6;

  /** One edit away from "impression", and yet no heading. */
  private static final Set<String> OTHER_WORDS = Set.of("expression", "compression");

  private final HeadingVocabulary vocabulary;

  private HeadingNames(HeadingVocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  static HeadingNames known() {
    return KNOWN;
  }

  /** A name of the list, wherever in the text it stands. */
  Optional<HeadingRole> anywhere(HeadingName name) {
    return vocabulary.onlyAtLineStart(name.key()) ? Optional.empty() : listed(name);
  }

  /**
   * Whether a name begins what is kept even in the middle of a sentence.
   *
   * @param inKept whether the sentence is kept: then it could use the word itself
   */
  boolean breaksIn(HeadingName name, boolean inKept) {
    return inKept
        ? MISSPELT.contains(name.key())
        : anywhere(name).filter(HeadingRole::isKept).isPresent();
  }

  /** A name of the list, at the start of a line. */
  Optional<HeadingRole> listed(HeadingName name) {
    return vocabulary.role(name.key());
  }

  /** A name before a colon at the start of a line: of the list, or by rule. */
  Optional<HeadingRole> beforeColon(HeadingName name) {
    return listed(name)
        .or(() -> misspelt(name))
        .or(() -> administrative(name))
        .or(() -> byEnding(name))
        .or(() -> withMainWord(name, name.shouted()))
        .or(() -> name.shouted() ? byWords(name) : title(name));
  }

  /**
   * A name in a box at the start of a line.
   *
   * @param certain whether nothing but a heading has such a box
   */
  Optional<HeadingRole> boxed(HeadingName name, boolean certain) {
    Optional<HeadingRole> role =
        listed(name)
            .or(() -> misspelt(name))
            .or(() -> byEnding(name))
            .or(() -> withMainWord(name, false));
    return role.isPresent() || !certain
        ? role
        : Optional.of(isLabel(name) ? HeadingRole.FINDINGS : HeadingRole.CONTEXT);
  }

  /**
   * A name that has a line to itself.
   *
   * @param marked whether it is made to stand out
   */
  Optional<HeadingRole> alone(HeadingName name, boolean marked) {
    return (name.shouted() || marked
            ? listed(name)
            : anywhere(name).or(() -> listed(name).filter(HeadingRole::isKept)))
        .or(() -> misspelt(name))
        .or(() -> withMainWord(name, false))
        .or(() -> name.key().length() <= MOST_SIGNS ? byEnding(name) : Optional.empty())
        .or(() -> name.shouted() || marked ? title(name) : Optional.empty());
  }

  /** A slip of the pen in the name of a section that every report has. */
  Optional<HeadingRole> misspelt(HeadingName name) {
    String key = name.key();
    if (key.indexOf(' ') >= 0 || OTHER_WORDS.contains(key)) {
      return Optional.empty();
    }
    for (List<String> group : List.of(MISSPELT, MISSPELT_CONTEXT, MISSPELT_CLOSING)) {
      for (String word : group) {
        if (Misspelling.of(word, key)) {
          return listed(HeadingName.of(word));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * "Impression and plan", "corrected impression", "reference findings".
   *
   * @param whatever else the name says
   */
  private Optional<HeadingRole> withMainWord(HeadingName name, boolean whatever) {
    Set<HeadingRole> found = new HashSet<>();
    boolean plain = true;
    for (String word : name.words()) {
      Optional<HeadingRole> role = mainWord(word);
      role.ifPresent(found::add);
      plain &= role.isPresent() || has("beside", word) || tellsOfViews(word);
    }
    if (found.isEmpty() || !(plain || whatever) || anyOf(name, "context words")) {
      return Optional.empty();
    }
    return Optional.of(found.size() > 1 ? HeadingRole.BOTH : found.iterator().next());
  }

  private Optional<HeadingRole> mainWord(String word) {
    return word.equals("end")
        ? Optional.empty()
        : vocabulary
            .role(word)
            .filter(HeadingRole::isKept)
            .filter(role -> !vocabulary.onlyAtLineStart(word))
            .or(() -> misspelt(new HeadingName(word, true)).filter(HeadingRole::isKept));
  }

  /** "Report date", "Workstation ID", "Communicated to": of the document, not of the patient. */
  private Optional<HeadingRole> administrative(HeadingName name) {
    return isAdministrative(name) ? Optional.of(HeadingRole.CLOSING) : Optional.empty();
  }

  private boolean isAdministrative(HeadingName name) {
    return anyOf(name, "administrative")
        && name.words().stream()
            .allMatch(word -> has("administrative", word) || has("beside administrative", word));
  }

  /** Of scripts without spaces a name is one word; its end tells what it is. */
  private Optional<HeadingRole> byEnding(HeadingName name) {
    return vocabulary.roleOfEnding(name.key());
  }

  private Optional<HeadingRole> byWords(HeadingName name) {
    long views = name.words().stream().filter(this::tellsOfViews).count();
    if (views < 3 && name.words().size() <= MOST_WORDS && anyOf(name, "context words")) {
      return Optional.of(HeadingRole.CONTEXT);
    }
    return views > 0 ? Optional.of(HeadingRole.FINDINGS) : Optional.empty();
  }

  private Optional<HeadingRole> title(HeadingName name) {
    return isTitle(name) ? Optional.of(HeadingRole.FINDINGS) : Optional.empty();
  }

  /** Whether a line tells how the picture was taken, and nothing else. */
  boolean isTitle(HeadingName name) {
    List<String> said = name.words();
    return said.stream().anyMatch(this::tellsOfViews)
        && said.stream().allMatch(word -> tellsOfViews(word) || has("title words", word));
  }

  private boolean tellsOfViews(String word) {
    return has("view words", word) || word.contains("chest");
  }

  /** A label inside of Findings, as "Lungs", "Chest" or "Lines and tubes". */
  boolean isLabel(HeadingName name) {
    List<String> said = name.words();
    return listed(name).isEmpty()
        && !isAdministrative(name)
        && !asks(name)
        && (said.size() == 1
            ? tellsOfViews(said.get(0)) || isAnatomy(said.get(0))
            : !isTitle(name)
                && said.stream().filter(this::tellsOfViews).count() < 3
                && said.stream().anyMatch(this::isAnatomy));
  }

  /** A label that says nothing else than what was looked at. */
  boolean isPlainLabel(HeadingName name) {
    return isLabel(name)
        && name.words().stream()
            .allMatch(word -> isAnatomy(word) || tellsOfViews(word) || has("beside label", word));
  }

  /** A name that begins with how the picture was taken, even where it could be a label. */
  boolean hasView(HeadingName name) {
    return name.words().stream().anyMatch(this::tellsOfViews);
  }

  /** A name that stands for what was found, or for what was known before. */
  boolean isDiagnosis(HeadingName name) {
    return has("diagnosis", name.key());
  }

  /** A name under which stands why the picture was asked for. */
  boolean asks(HeadingName name) {
    return anyOf(name, "asking words");
  }

  /** Whether a line is a date, a time or a blank that was left for one. */
  boolean isTime(HeadingName name) {
    return name.words().stream().allMatch(word -> has("time words", word));
  }

  private boolean isAnatomy(String word) {
    return vocabulary.hasBeginning("anatomy", word) || has("anatomy", word);
  }

  private boolean anyOf(HeadingName name, String group) {
    return name.words().stream().anyMatch(word -> has(group, word));
  }

  private boolean has(String group, String word) {
    return vocabulary.has(group, word);
  }
}
