package io.radstream.cli;

import io.radstream.producers.hl7.Hl7Source;
import io.radstream.producers.hl7.Hl7Source.Reading;
import io.radstream.producers.hl7.MessageCounts;
import io.radstream.producers.hl7.message.CharacterSets;
import io.radstream.producers.hl7.mllp.MllpSettings;
import io.radstream.producers.hl7.report.FieldPath;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.publish.Pseudonymizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code radstream publish hl7}: reports as report systems send them. */
@Command(
    name = "hl7",
    modelTransformer = ReportsOnly.class,
    description = {
      "Listen for HL7 version 2 messages over MLLP, and publish reports (ORU^R01) and patient"
          + " merges (ADT^A40 and the like).",
      "",
      "A message is answered with AA when the cluster has it, with AE where it may be sent again,"
          + " with AR where that would change nothing. Runs until stopped."
    },
    footer = {
      "",
      "Examples:",
      "  radstream publish hl7 --port 2575 --pseudonym-key-file site.key \\",
      "      --kafka-config client.properties",
      "  radstream publish hl7 --host 10.1.2.3 --tls-key-store listener.p12 \\",
      "      --tls-trust-store senders.p12 --tls-password-file tls.password \\",
      "      --accession-fields OBR-3 --zone Europe/Berlin \\",
      "      --pseudonym-key-file site.key",
      "",
      "Which fields are read, what each status means and how an engine is set up is",
      "described in docs/sources/hl7.md."
    })
final class PublishHl7Command implements Callable<Integer> {

  private enum StatusA {
    PARTIAL,
    ADDENDUM
  }

  @Spec private CommandSpec spec;
  @Mixin private PublishRun run;
  @Mixin private PublisherName name;
  @Mixin private SiteOption site;
  @Mixin private MllpOptions listener;

  @Option(
      names = "--accession-fields",
      paramLabel = "FIELDS",
      defaultValue = "OBR-18,OBR-3,IPC-1",
      description =
          "Where the accession number is looked for: the first field that has one counts"
              + " (default: ${DEFAULT-VALUE}).")
  private String accession;

  @Option(
      names = "--patient-authority",
      paramLabel = "NAME",
      description =
          "Assigning authority (PID-3.4) whose patient numbers the site's images carry too"
              + " (default: the first number of type MR, else the first).")
  private Optional<String> authority;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description =
          "Time zone of times that name none, as Europe/Berlin (default: ${DEFAULT-VALUE}).")
  private String zone;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description =
          "Character set of messages whose MSH-18 names none (default: UTF-8, else ISO-8859-1).")
  private Optional<String> charset;

  @Option(
      names = "--status-a",
      paramLabel = "MEANING",
      defaultValue = "PARTIAL",
      description =
          "What OBR-25 means by A: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, as in the"
              + " standard, but where the message has an addendum).")
  private StatusA statusA;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Pseudonymizer pseudonymizer = run.ofHospital().pseudonymizer(true);
    MllpSettings settings = listener.settings();
    Reading reading =
        new Reading(new CharacterSets(charset()), rules(), site.names(), pseudonymizer);
    Hl7Source source =
        new Hl7Source(
            settings, reading, InstantSource.system(), port -> say(settings.host(), port));
    int code = run.listenAs(name.of(source.name()), source, pseudonymizer);
    explain(source.counts());
    return code;
  }

  private void say(String host, int port) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("Listening at %s:%d; stop with Ctrl-C.%n", host, port);
    err.flush();
  }

  private void explain(MessageCounts counts) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "Messages: %d accepted, %d of other kinds, %d rejected, %d to be sent again, %d unreadable.%n",
        counts.accepted(),
        counts.notForUs(),
        counts.rejected(),
        counts.failed(),
        counts.unreadable());
    err.flush();
  }

  private ReportRules rules() {
    try {
      return new ReportRules(
          FieldPath.list(accession), authority, ZoneId.of(zone), statusA == StatusA.ADDENDUM);
    } catch (IllegalArgumentException e) {
      throw usage("--accession-fields: " + e.getMessage());
    } catch (DateTimeException e) {
      throw usage("--zone: not a time zone such as Europe/Berlin: " + zone);
    }
  }

  private Optional<Charset> charset() {
    try {
      return charset.map(Charset::forName);
    } catch (IllegalArgumentException e) {
      throw usage("--charset: not a character set such as windows-1252: " + charset.orElseThrow());
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
