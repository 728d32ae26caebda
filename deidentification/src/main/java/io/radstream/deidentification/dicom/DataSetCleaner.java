package io.radstream.deidentification.dicom;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Applies a profile to a data set, sequences within sequences too. Holds nothing of it. */
public final class DataSetCleaner {

  /** Deeper items go, whatever they hold: no study of a radiograph has them. */
  public static final int MAX_DEPTH = 32;

  private static final String SEQUENCE = "SQ";

  /** Text for people, as the meaning of a code; codes themselves are shorter. */
  private static final Set<String> DESCRIBING = Set.of("LO", "ST", "LT", "UT", SEQUENCE);

  private static final int IMAGE_GROUP = 0x0028;

  /** Character set, modality, body part, view position, laterality. */
  private static final Set<Integer> TERMS =
      Set.of(0x00080005, 0x00080060, 0x00180015, 0x00185101, 0x00200060, 0x00200062);

  private static final Attribute IDENTITY_REMOVED = Attribute.of(0x00120062, "CS");
  private static final Attribute METHOD = Attribute.of(0x00120063, "LO");
  private static final Attribute DATES_MODIFIED = Attribute.of(0x00280303, "CS");

  private final ConfidentialityProfile profile;
  private final ValueCleaner values;

  public DataSetCleaner(ConfidentialityProfile profile, ValueCleaner values) {
    this.profile = profile;
    this.values = values;
  }

  /**
   * Changes the data set, and marks it as changed.
   *
   * @return how many attributes met each action, in whatever depth
   */
  public Map<Action, Long> clean(DataSet dataSet) {
    Map<Action, Long> counts = new EnumMap<>(Action.class);
    walk(dataSet, 0, Action.KEEP, counts);
    dataSet.set(IDENTITY_REMOVED, List.of("YES"));
    dataSet.set(METHOD, List.of("Radstream: PS3.15 Basic Profile"));
    dataSet.set(DATES_MODIFIED, List.of(dates()));
    return counts;
  }

  private String dates() {
    if (profile.has(ProfileOption.MODIFIED_DATES)) {
      return "MODIFIED";
    }
    return profile.has(ProfileOption.FULL_DATES) ? "UNMODIFIED" : "REMOVED";
  }

  /**
   * @param around what is done to the sequence that it is in: DUMMY where all values give way,
   *     because the whole identifies; CLEAN where it describes, and so does all text in it
   */
  private void walk(DataSet dataSet, int depth, Action around, Map<Action, Long> counts) {
    for (Attribute attribute : dataSet.attributes()) {
      Action action =
          within(
              around,
              attribute,
              attribute.isCreator() ? creator(dataSet, attribute) : profile.action(attribute));
      counts.merge(action, 1L, Long::sum);
      apply(action, dataSet, attribute, depth, counts);
    }
  }

  private static Action within(Action around, Attribute attribute, Action own) {
    if (around == Action.DUMMY && attribute.isPrivate()) {
      return Action.REMOVE;
    }
    if (around == Action.DUMMY && own != Action.REMOVE && own != Action.EMPTY) {
      return Action.DUMMY;
    }
    boolean describes = DESCRIBING.contains(attribute.vr());
    return around == Action.CLEAN && own == Action.KEEP && describes ? Action.CLEAN : own;
  }

  private Action creator(DataSet dataSet, Attribute attribute) {
    boolean known = dataSet.values(attribute).stream().allMatch(profile::keepsCreator);
    return known ? Action.KEEP : Action.REMOVE;
  }

  private void apply(
      Action action, DataSet dataSet, Attribute attribute, int depth, Map<Action, Long> counts) {
    boolean sequence = attribute.vr().equals(SEQUENCE);
    if (action == Action.REMOVE || (sequence && depth == MAX_DEPTH)) {
      dataSet.remove(attribute);
    } else if (action == Action.EMPTY) {
      dataSet.set(attribute, List.of());
    } else if (sequence) {
      dataSet.items(attribute).forEach(item -> walk(item, depth + 1, action, counts));
    } else if (action != Action.KEEP) {
      replace(action, dataSet, attribute);
    } else if (!isTerm(attribute)) {
      keep(dataSet, attribute);
    }
  }

  /** Whether it tells how the rest is read: a patient may be called as a term is. */
  private static boolean isTerm(Attribute attribute) {
    boolean ofPixels = attribute.tag() >>> Short.SIZE == IMAGE_GROUP;
    return attribute.vr().equals("CS") && (ofPixels || TERMS.contains(attribute.tag()));
  }

  private void keep(DataSet dataSet, Attribute attribute) {
    List<String> old = dataSet.values(attribute);
    List<String> next = old.stream().map(value -> values.kept(attribute.vr(), value)).toList();
    if (!next.equals(old)) {
      dataSet.set(attribute, next);
    }
  }

  private void replace(Action action, DataSet dataSet, Attribute attribute) {
    String vr = attribute.vr();
    Stream<String> old = dataSet.values(attribute).stream();
    List<String> next =
        switch (action) {
          case MAP_UID -> old.map(values::uid).toList();
          case DUMMY -> old.limit(1).flatMap(value -> values.dummy(vr, value).stream()).toList();
          default -> old.flatMap(value -> values.cleaned(vr, value).stream()).toList();
        };
    dataSet.set(attribute, next);
  }
}
