package io.radstream.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Radstream.class.getPackage().getImplementationVersion();
    return new String[] {
      "radstream " + Optional.ofNullable(version).orElse("(unpackaged build)"),
      "Java " + Runtime.version()
    };
  }
}
