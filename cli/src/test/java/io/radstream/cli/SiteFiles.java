package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import io.radstream.serving.panel.Panel;
import io.radstream.serving.panel.UnusablePanelException;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads files as the commands do, for tests in other packages. */
public final class SiteFiles {

  @Command
  private static final class Connecting {
    @Mixin private ConnectionOptions connection;
  }

  private SiteFiles() {}

  public static Panel panel(Path path) throws UnusablePanelException, IOException {
    return new PanelFile(path).read();
  }

  public static KafkaConnection connection(Path config) {
    Connecting command = new Connecting();
    new CommandLine(command).parseArgs("--kafka-config", config.toString());
    return command.connection.connection();
  }
}
