package io.radstream.experiments.file;

import io.radstream.experiments.plan.InvalidExperimentException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A key of the file, with those above it; tells what is wrong there. */
record Place(String path) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._]{0,23}");

  /** Of one run. */
  static final long MOST_STEPS = 1_000_000_000L;

  private static final int LONGEST_TITLE = 100;

  Place of(String key) {
    return new Place(path.isEmpty() ? key : path + "." + key);
  }

  InvalidExperimentException wrong(String problem) {
    return new InvalidExperimentException(path, problem);
  }

  <T> T given(T value) {
    if (value == null) {
      throw wrong("is missing");
    }
    return value;
  }

  <T extends Comparable<T>> T least(T value, T least) {
    if (given(value).compareTo(least) < 0) {
      throw wrong("is at least " + least + ", and not " + value);
    }
    return value;
  }

  <T extends Comparable<T>> T between(T value, T least, T most) {
    if (least(value, least).compareTo(most) > 0) {
      throw wrong("is at most " + most + ", and not " + value);
    }
    return value;
  }

  /** Stands in tables and figures. */
  String title(String value, String otherwise) {
    String title = or(value, otherwise);
    if (title.isBlank()
        || title.length() > LONGEST_TITLE
        || title.contains("|")
        || title.codePoints().anyMatch(Character::isISOControl)) {
      throw wrong("is one line of at most %d letters, none of them |".formatted(LONGEST_TITLE));
    }
    return title;
  }

  /** Part of the names of lines, which are parts of paths. */
  String name(String value) {
    if (!NAME.matcher(given(value)).matches()) {
      throw wrong(
          "a name has letters, digits, '.' and '_', at most 24, the first a letter or digit; found "
              + value);
    }
    return value;
  }

  <T> Map<String, T> filled(Map<String, T> values) {
    if (given(values).isEmpty()) {
      throw wrong("needs at least one");
    }
    values.forEach((key, value) -> of(key).given(value));
    return values;
  }

  /** One of the names that there are. */
  String known(String value, Collection<String> names) {
    if (!names.contains(given(value))) {
      throw wrong("there is no %s%s".formatted(value, Nearest.hint(value, names)));
    }
    return value;
  }

  <T extends Enum<T>> T oneOf(Class<T> type, String value) {
    for (T constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw wrong(
        "\"%s\" is none of %s"
            .formatted(
                value, Nearest.list(List.of(type.getEnumConstants())).toLowerCase(Locale.ROOT)));
  }

  static String or(String value, String otherwise) {
    return Optional.ofNullable(value).orElse(otherwise);
  }
}
