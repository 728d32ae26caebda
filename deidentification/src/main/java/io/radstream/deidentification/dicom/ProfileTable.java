package io.radstream.deidentification.dicom;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** PS3.15 Table E.1-1: an action for each attribute that may identify, and what options change. */
final class ProfileTable {

  private static final String PRIVATE = "private";
  private static final String NOTHING = "-";

  private record Row(Action basic, Map<ProfileOption, Action> changed) {

    /**
     * Where options differ, the one that takes more out. A time that is kept with a device stays
     * only where times may: days of calibration tell about when it was used.
     */
    Action action(Set<ProfileOption> options) {
      if (isOfTime() && options.stream().noneMatch(ProfileOption::isOfTime)) {
        return basic;
      }
      Action action = null;
      for (Map.Entry<ProfileOption, Action> entry : changed.entrySet()) {
        if (options.contains(entry.getKey()) && action != Action.CLEAN) {
          action = entry.getValue();
        }
      }
      return action == null ? basic : action;
    }

    private boolean isOfTime() {
      return changed.keySet().stream().anyMatch(ProfileOption::isOfTime);
    }
  }

  private final TagTable<Row> rows = new TagTable<>();

  private ProfileTable() {}

  /**
   * @throws IllegalArgumentException where a row has a code that is not known
   */
  static ProfileTable read() {
    Resource resource = Resource.named("profile.tsv");
    ProfileTable table = new ProfileTable();
    for (List<String> cells : resource.rows()) {
      if (!cells.get(0).equals(PRIVATE)) {
        table.rows.put(cells.get(0), row(resource.headings(), cells));
      }
    }
    return table;
  }

  Optional<Action> action(int tag, Set<ProfileOption> options) {
    return rows.row(tag).map(row -> row.action(options));
  }

  private static Row row(List<String> headings, List<String> cells) {
    Map<ProfileOption, Action> changed = new EnumMap<>(ProfileOption.class);
    for (ProfileOption option : ProfileOption.values()) {
      String code = cells.get(headings.indexOf(option.column()));
      if (!code.equals(NOTHING)) {
        changed.put(option, action(code));
      }
    }
    return new Row(action(cells.get(headings.indexOf("basic"))), changed);
  }

  /**
   * Where the standard leaves the choice to the kind of object, the one that all kinds allow: a
   * dummy rather than no value, and no value rather than no attribute.
   */
  private static Action action(String code) {
    return switch (code) {
      case "X" -> Action.REMOVE;
      case "Z", "X/Z" -> Action.EMPTY;
      case "D", "Z/D", "X/D", "X/Z/D" -> Action.DUMMY;
      case "U", "X/Z/U*" -> Action.MAP_UID;
      case "K" -> Action.KEEP;
      case "C" -> Action.CLEAN;
      default -> throw new IllegalArgumentException("no action is known by the code " + code);
    };
  }
}
