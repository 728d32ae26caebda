package io.radstream.cli;

import io.radstream.producers.access.Credentials;
import io.radstream.producers.fhir.FhirEndpoint;
import io.radstream.producers.fhir.FhirFiles;
import io.radstream.producers.fhir.FhirRules;
import io.radstream.producers.fhir.FhirServer;
import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream publish fhir}: reports as FHIR has them. */
@Command(
    name = "fhir",
    modelTransformer = ReportsOnly.class,
    description = {
      "Publish the DiagnosticReports of FHIR R4: of files, or of a server that is asked again and"
          + " again until the command is stopped."
    },
    footer = {
      "",
      "Examples:",
      "  radstream publish fhir --path export --pseudonym-key-file site.key",
      "  radstream publish fhir --url https://fhir.example/r4 --poll 1m \\",
      "      --token-file token --query category=RAD --pseudonym-key-file site.key",
      "",
      "Which elements are read is described in docs/sources/fhir.md.",
      "Exit code 1 where the server refuses the first search, or the cluster failed."
    })
final class PublishFhirCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(PublishFhirCommand.class);

  /** Files, or a server. */
  private static final class From {

    @Option(
        names = "--path",
        paramLabel = "PATH",
        description = "A file, or a directory: bundles or resources, .json, .ndjson or .xml.")
    private Optional<Path> path;

    @Option(names = "--url", paramLabel = "URL", description = "Base address of a server.")
    private Optional<URI> server;
  }

  @Spec private CommandSpec spec;
  @Mixin private PublishRun run;
  @Mixin private PublisherName name;
  @Mixin private SiteOption site;
  @Mixin private ServerAccess access;

  @ArgGroup(multiplicity = "1")
  private From from;

  @Option(
      names = "--poll",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = DurationConverter.class,
      description = "Pause between two searches of a server (default: ${DEFAULT-VALUE}).")
  private Duration poll;

  @Option(
      names = "--query",
      paramLabel = "PARAMETERS",
      defaultValue = "",
      description = "Added to each search of a server, as category=RAD (default: none).")
  private String query;

  @Option(
      names = "--patient-authority",
      paramLabel = "URI",
      description =
          "Assigning authority (the identifier's system) whose patient numbers the site's images carry too (default: the first"
              + " of type MR, else the first).")
  private Optional<String> patientSystem;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Pseudonymizer pseudonymizer = run.ofHospital().pseudonymizer(true);
    FhirRules rules = new FhirRules(patientSystem);
    if (from.path.isPresent()) {
      FhirFiles files =
          new FhirFiles(
              from.path.get(), rules, site.names(), pseudonymizer, InstantSource.system());
      return run.publishAs(name.of(files.name()), files, pseudonymizer);
    }
    FhirServer server =
        new FhirServer(
            endpoint(),
            rules,
            site.names(),
            pseudonymizer,
            InstantSource.system(),
            PublishFhirCommand::searched);
    return run.listenAs(name.of(server.name()), server, pseudonymizer);
  }

  private static void searched(int reports) {
    if (reports > 0) {
      LOG.info("a search gave {} reports", reports);
    }
  }

  private FhirEndpoint endpoint() {
    Credentials credentials = access.credentials();
    Optional<SSLContext> trusted = access.trusted();
    try {
      return new FhirEndpoint(from.server.orElseThrow(), credentials, trusted, query, poll);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--url, --query, --poll: " + e.getMessage());
    }
  }
}
