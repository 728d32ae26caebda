package io.radstream.cli;

import io.radstream.schemas.Topic;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a topic by its name without a prefix. */
final class TopicChoice implements ITypeConverter<Topic> {

  @Override
  public Topic convert(String text) {
    return Arrays.stream(Topic.values())
        .filter(topic -> topic.suffix().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "no topic of Radstream is named so; there are "
                        + Arrays.stream(Topic.values())
                            .map(Topic::suffix)
                            .collect(Collectors.joining(", "))));
  }
}
