package io.radstream.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/** Avro only instantiates classes that it was told to trust; ours are all in this package. */
final class TrustedRecords {

  private TrustedRecords() {}

  static void register() {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.DEFAULT,
            candidate -> candidate.getPackage() == TrustedRecords.class.getPackage()));
  }
}
