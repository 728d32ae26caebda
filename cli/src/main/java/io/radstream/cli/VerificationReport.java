package io.radstream.cli;

import io.radstream.serving.receipt.ReceiptCheck;
import io.radstream.serving.receipt.ReceiptPayload;
import io.radstream.serving.receipt.ScoreComparison;
import io.radstream.serving.receipt.VerifiedReceipt;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What came of looking at a receipt, for people and for programs. */
record VerificationReport(ReceiptPayload payload, VerifiedReceipt verified) {

  private static final String CHECK = "%-12s %-12s %s%n";
  private static final String SCORE = "%-24s %-8s %10s %10s %10s  %s%n";

  /** One line of JSON: {@code outcome} is reproduced, wrong, or incomplete. */
  record Summary(
      String outcome,
      String checkpoint,
      String time,
      List<Check> checks,
      List<Score> scores,
      List<String> notChecked) {}

  record Check(String name, String outcome, String detail) {}

  record Score(String finding, Double receipt, Double again, String agreement) {}

  void print(PrintWriter out) {
    out.printf(
        "Receipt of %s: checkpoint %s, views: %d%n%n",
        payload.time(), payload.checkpoint().id(), payload.input().views().size());
    out.printf(CHECK, "CHECK", "OUTCOME", "WHAT");
    verified
        .checks()
        .forEach(check -> out.printf(CHECK, check.name(), check.outcome().word(), check.detail()));
    if (!verified.scores().isEmpty()) {
      out.println();
      out.printf(SCORE, "FINDING", "BY", "RECEIPT", "AGAIN", "DIFFERENCE", "");
      verified.scores().forEach(score -> print(score, out));
    }
    out.println();
    out.println(conclusion());
    out.flush();
  }

  private void print(ScoreComparison score, PrintWriter out) {
    out.printf(
        SCORE,
        score.finding(),
        payload.scores().containsKey(score.finding())
            ? payload.scores().get(score.finding()).by()
            : "-",
        number(score.receipt()),
        number(score.again()),
        score.receipt() == null || score.again() == null
            ? "-"
            : String.format(Locale.ROOT, "%.1e", Math.abs(score.receipt() - score.again())),
        score.agreement().word());
  }

  private static String number(Double probability) {
    return probability == null ? "-" : String.format(Locale.ROOT, "%.6f", probability);
  }

  private String conclusion() {
    String unchecked =
        notChecked().isEmpty() ? "" : " Not checked: " + String.join(", ", notChecked()) + ".";
    return switch (outcome()) {
      case "reproduced" -> "Scored again with the same outcome." + unchecked;
      case "wrong" ->
          "Wrong: " + String.join(", ", named(ReceiptCheck.Outcome.FAILED)) + "." + unchecked;
      default -> "Not scored again." + unchecked;
    };
  }

  private String outcome() {
    if (verified.isWrong()) {
      return "wrong";
    }
    return verified.isReproduced() ? "reproduced" : "incomplete";
  }

  private List<String> notChecked() {
    return named(ReceiptCheck.Outcome.NOT_CHECKED);
  }

  private List<String> named(ReceiptCheck.Outcome outcome) {
    return verified.checks().stream()
        .filter(check -> check.outcome() == outcome)
        .map(ReceiptCheck::name)
        .collect(Collectors.toList());
  }

  Summary summary() {
    return new Summary(
        outcome(),
        payload.checkpoint().id(),
        payload.time(),
        verified.checks().stream()
            .map(check -> new Check(check.name(), word(check.outcome()), check.detail()))
            .toList(),
        verified.scores().stream()
            .map(
                score ->
                    new Score(
                        score.finding(), score.receipt(), score.again(), word(score.agreement())))
            .toList(),
        notChecked());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
