package io.radstream.deidentification.dicom;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The Basic Application Level Confidentiality Profile of PS3.15 Annex E with some of its options:
 * what becomes of an attribute. An attribute that neither the profile nor the standard's dictionary
 * knows goes, as does one whose representation is not the dictionary's: nobody can say what it
 * holds. Immutable.
 */
public final class ConfidentialityProfile {

  private static final String AGE = "AS";

  private final ProfileTable table;
  private final Dictionary dictionary;
  private final SafePrivate safePrivate;
  private final Set<ProfileOption> options;

  private ConfidentialityProfile(
      ProfileTable table,
      Dictionary dictionary,
      SafePrivate safePrivate,
      Set<ProfileOption> options) {
    this.table = table;
    this.dictionary = dictionary;
    this.safePrivate = safePrivate;
    this.options = options;
  }

  /** Reads the tables: keep what it returns. */
  public static ConfidentialityProfile basic() {
    return new ConfidentialityProfile(
        ProfileTable.read(), Dictionary.read(), SafePrivate.read(), Set.of());
  }

  /** The same with these options and no others. */
  public ConfidentialityProfile with(ProfileOption... chosen) {
    Set<ProfileOption> set = EnumSet.noneOf(ProfileOption.class);
    set.addAll(Set.of(chosen));
    return new ConfidentialityProfile(table, dictionary, safePrivate, Set.copyOf(set));
  }

  /** Whether an option is chosen. */
  public boolean has(ProfileOption option) {
    return options.contains(option);
  }

  /** What becomes of an attribute. */
  public Action action(Attribute attribute) {
    if (attribute.isPrivate()) {
      boolean safe = has(ProfileOption.SAFE_PRIVATE) && safePrivate.has(attribute);
      return safe ? Action.CLEAN : Action.REMOVE;
    }
    Action action = table.action(attribute.tag(), options).orElseGet(() -> unlisted(attribute));
    // Few are older than that: an age that stays must not tell who it is.
    return action == Action.KEEP && attribute.vr().equals(AGE) ? Action.CLEAN : action;
  }

  /**
   * What an attribute may hold, for files that do not say it.
   *
   * @param creator of a private one
   * @return value representations; none where neither the dictionary nor the list of safe private
   *     attributes knows it
   */
  public List<String> representations(int tag, Optional<String> creator) {
    return Attribute.of(tag, "").isPrivate()
        ? creator.flatMap(it -> safePrivate.representation(it, tag)).stream().toList()
        : dictionary.representations(tag);
  }

  /** Whether a private creator's name may stay: the list has attributes of it. */
  boolean keepsCreator(String creator) {
    return has(ProfileOption.SAFE_PRIVATE) && safePrivate.knows(creator);
  }

  /** The standard lets all of these stay; a new edition may know better of names and free text. */
  private Action unlisted(Attribute attribute) {
    if ((attribute.tag() & 0xFFFF) == 0 || !dictionary.knows(attribute.tag(), attribute.vr())) {
      return Action.REMOVE;
    }
    return switch (attribute.vr()) {
      case "PN", "UN" -> Action.REMOVE;
      case "LT", "ST", "UT", "UC" -> Action.CLEAN;
      case "DA", "DT" -> dates();
      default -> Action.KEEP;
    };
  }

  private Action dates() {
    if (has(ProfileOption.MODIFIED_DATES)) {
      return Action.CLEAN;
    }
    return has(ProfileOption.FULL_DATES) ? Action.KEEP : Action.REMOVE;
  }
}
