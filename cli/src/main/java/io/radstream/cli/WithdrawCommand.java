package io.radstream.cli;

import io.radstream.cli.topics.FoundRecord;
import io.radstream.cli.topics.RecordSearch;
import io.radstream.objects.ObjectStore;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.Topic;
import io.radstream.trainer.lineage.StudyLineage;
import io.radstream.trainer.lineage.StudyTrace;
import io.radstream.trainer.lineage.StudyWithdrawal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code radstream withdraw}: from here on no run reads a study. */
@Command(
    name = "withdraw",
    description = {
      "Withdraw a study: from here on no run reads it, whether it runs now or begins later.",
      "",
      "The withdrawal is on the log at once. Then the command waits for steps that were being"
          + " taken, tells what had learned from the study before, and has the service flag those"
          + " checkpoints. To withdraw a study again does no harm and brings the flags up to date.",
      "Where no topic has the study, the withdrawal stands all the same, in case it is still to come;"
          + " but the command exits with 1, since the identifier may be mistyped.",
      "With --originals the study's pictures at full resolution are deleted, once runs have heard of"
          + " the withdrawal. Nothing else is: checkpoints and topics are yours to deal with."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  radstream withdraw --study 5f3a0c... --reason 'consent revoked' \\",
      "      --bootstrap localhost:9092 --registry http://localhost:8081",
      "  radstream withdraw --accession ACC-20260117-0042 \\",
      "      --pseudonym-key-file site.key --kafka-config client.properties \\",
      "      --originals s3://hospital/originals"
    })
final class WithdrawCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connectionOptions;
  @Mixin private StudyOption study;
  @Mixin private JsonSummary json;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why; everybody who reads the topic sees it, so no patient's data.")
  private String reason;

  @Option(
      names = "--settle",
      paramLabel = "DURATION",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = {
        "How long to wait for steps that were being taken, before the ledger is read",
        "(default: ${DEFAULT-VALUE}). No less than a step takes; 0s where nothing trains."
      })
  private Duration settle;

  @Option(
      names = "--even-if-unknown",
      description =
          "Exit with 0 where no topic has the study: it is known to come later, or never.")
  private boolean evenIfUnknown;

  @Option(
      names = "--originals",
      paramLabel = "ADDRESS",
      description =
          "Delete what lies of the study in this store, s3://BUCKET/PREFIX as 'radstream publish' was"
              + " given it. Repeatable. (default: nothing is deleted)")
  private List<ObjectStore> originals = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    KafkaConnection connection = connectionOptions.connection();
    String studyId = study.pseudonym();
    StudyWithdrawal withdrawal = new StudyWithdrawal(connection, Clock.systemUTC());
    withdrawal.withdraw(studyId, reason);
    say("Withdrawn. Waiting %d s for steps that are being taken.".formatted(settle.toSeconds()));
    Thread.sleep(settle.toMillis());
    StudyLineage lineage = new StudyTrace(connection).of(studyId);
    if (!lineage.runs().isEmpty()) {
      withdrawal.flag(studyId, reason, lineage.runs());
    }
    List<FoundRecord> records = records(connection, studyId);
    boolean known = lineage.tuples() > 0 || !records.isEmpty();
    tell(lineage, known);
    json.print(lineage);
    // Last: a store that is away keeps nobody from hearing of the withdrawal. Not before runs have
    // heard of it, since one would end where a picture is gone.
    boolean clean = new WithdrawnPictures(records, originals, this::say).delete(studyId);
    boolean done = clean || originals.isEmpty();
    return done && (known || evenIfUnknown) ? Radstream.DONE : Radstream.FAILED;
  }

  /** Of the study and its tuples: it may be for validation or the test, or wait for its report. */
  private static List<FoundRecord> records(KafkaConnection connection, String studyId) {
    return Stream.of(Topic.TUPLES_TRAIN, Topic.TUPLES_VALIDATION, Topic.TUPLES_TEST, Topic.STUDIES)
        .flatMap(topic -> new RecordSearch(connection, topic).allOf(studyId).stream())
        .toList();
  }

  private void tell(StudyLineage lineage, boolean known) {
    if (!known) {
      say(
          "WARNING: no topic has such a study: is the identifier right, and the key? The withdrawal"
              + " stands, in case the study arrives. --even-if-unknown takes that as done.");
    }
    if (!json.requested()) {
      new LineageReport(lineage).print(spec.commandLine().getOut());
    }
  }

  private void say(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(message);
    err.flush();
  }
}
