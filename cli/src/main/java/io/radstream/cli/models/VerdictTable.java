package io.radstream.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Why a checkpoint is what it is, with what was measured for it, for people. */
public final class VerdictTable {

  private static final String ROW = "%-24s %-13s %-22s %-22s %-16s %-12s %6s %9s%n";
  private static final String NONE = "-";

  /** Figures of a panel, which stand in the table. */
  private static final Pattern OF_PANEL =
      Pattern.compile("(auc|ece|difference|moved|present|absent|panel)\\..*");

  private VerdictTable() {}

  /**
   * @param model one of the checkpoints of {@code /v1/models}
   */
  public static void print(JsonNode model, PrintWriter out) {
    JsonNode verdict = model.path("verdict");
    out.printf("%s: %s%n", ModelTable.plain(model.path("id").asText()), ModelTable.state(model));
    if (model.has("reason")) {
      out.println(ModelTable.plain(model.get("reason").asText()));
    }
    if (verdict.isMissingNode()) {
      out.println("Nobody has judged it.");
    } else {
      print(verdict, model, out);
    }
    out.flush();
  }

  private static void print(JsonNode verdict, JsonNode model, PrintWriter out) {
    if (!verdict.path("reason").equals(model.path("reason"))) {
      out.println(ModelTable.plain(verdict.path("reason").asText()));
    }
    out.println(
        "Verdict: "
            + ModelTable.plain(verdict.path("name").asText())
            + said(verdict, "by", " by ")
            + said(verdict, "time", " at ")
            + said(verdict, "comparedWith", ", beside "));
    JsonNode panel = verdict.path("panel");
    if (!panel.isMissingNode()) {
      printPanel(panel, out);
    }
    for (Map.Entry<String, JsonNode> figure : verdict.path("figures").properties()) {
      if (panel.isMissingNode() || !OF_PANEL.matcher(figure.getKey()).matches()) {
        out.printf("%s: %s%n", ModelTable.plain(figure.getKey()), figure.getValue().asText());
      }
    }
  }

  private static String said(JsonNode verdict, String name, String before) {
    return verdict.has(name) ? before + ModelTable.plain(verdict.get(name).asText()) : "";
  }

  private static void printPanel(JsonNode panel, PrintWriter out) {
    out.printf("Panel (studies: %d):%n", panel.path("studies").asLong());
    out.printf(
        ROW, "FINDING", "OUTCOME", "AUC", "LIVE", "DIFFERENCE", "ECE, LIVE", "MOVED", "WITH/OUT");
    for (JsonNode finding : panel.path("findings")) {
      JsonNode candidate = finding.path("candidate");
      JsonNode live = finding.path("live");
      out.printf(
          ROW,
          ModelTable.plain(finding.path("finding").asText()),
          ModelTable.plain(finding.path("outcome").asText().replace('_', ' ')),
          auc(candidate),
          auc(live),
          ends(finding.path("difference")),
          number(candidate.path("calibrationError")) + " " + number(live.path("calibrationError")),
          number(finding.path("moved")),
          finding.path("present").asLong() + "/" + finding.path("absent").asLong());
    }
  }

  private static String auc(JsonNode measure) {
    String ends = measure.has("interval") ? " (" + ends(measure.get("interval")) + ")" : "";
    return number(measure.path("auc")) + ends;
  }

  private static String ends(JsonNode interval) {
    return interval.isObject()
        ? number(interval.path("low")) + " to " + number(interval.path("high"))
        : NONE;
  }

  private static String number(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : NONE;
  }
}
