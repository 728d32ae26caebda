package io.radstream.cli;

import io.radstream.schemas.log.OffsetRange;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Offsets of a partition, as in {@code 0:1200-3400}; the last one is exclusive. */
final class RangeConverter implements ITypeConverter<OffsetRange> {

  private static final Pattern RANGE = Pattern.compile("(\\d{1,9}):(\\d{1,18})-(\\d{1,18})");

  @Override
  public OffsetRange convert(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      throw new TypeConversionException("not PARTITION:FROM-TO, such as 0:1200-3400: " + text);
    }
    try {
      return new OffsetRange(
          Integer.parseInt(range.group(1)),
          Long.parseLong(range.group(2)),
          Long.parseLong(range.group(3)));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
