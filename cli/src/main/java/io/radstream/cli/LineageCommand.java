package io.radstream.cli;

import io.radstream.trainer.lineage.StudyTrace;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code radstream lineage}: what learned from a study. */
@Command(
    name = "lineage",
    description = {
      "Tell which runs, steps and checkpoints learned from a study.",
      "",
      "Read from the ledger and from the announcements of checkpoints. A checkpoint is listed where"
          + " its run had read the study by its step, or where it grew out of one that is listed."
          + " Validation changes no weight and is left out. --json lists every step."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream lineage --study 5f3a0c... --bootstrap localhost:9092 \\",
      "      --registry http://localhost:8081",
      "  radstream lineage --accession ACC-20260117-0042 --json \\",
      "      --pseudonym-key-file site.key --kafka-config client.properties"
    })
final class LineageCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private StudyOption study;
  @Mixin private JsonSummary json;

  @Override
  public Integer call() throws IOException {
    LineageReport report =
        new LineageReport(new StudyTrace(connection.connection()).of(study.pseudonym()));
    if (!json.requested()) {
      report.print(spec.commandLine().getOut());
    }
    json.print(report.lineage());
    return Radstream.DONE;
  }
}
