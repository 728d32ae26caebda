package io.radstream.cli;

import io.radstream.objects.ObjectAddress;
import io.radstream.objects.ObjectStore;
import io.radstream.objects.S3Connection;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code s3://bucket/prefix}, reached by the variables that the tools of AWS know. Nothing is
 * asked of the store yet.
 *
 * @param environment variable to value, or null
 */
record ObjectStoreConverter(Function<String, String> environment)
    implements ITypeConverter<ObjectStore> {

  @Override
  public ObjectStore convert(String text) {
    try {
      return ObjectStore.at(ObjectAddress.parse(text), S3Connection.of(environment));
    } catch (IllegalArgumentException e) {
      TypeConversionException failure = new TypeConversionException(e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }
}
