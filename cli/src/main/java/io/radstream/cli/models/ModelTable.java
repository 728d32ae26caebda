package io.radstream.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** The checkpoints of a service as a table for people. */
public final class ModelTable {

  /** What stands behind the id. */
  private static final String ROW = "%9s %10s  %-16s %s%n";

  /** Of a column that holds most ids; longer ones make it wider. */
  private static final int ID = 24;

  private ModelTable() {}

  /**
   * @param answer of {@code /v1/models}
   */
  public static void print(JsonNode answer, PrintWriter out) {
    out.printf(
        "service %s, live: %s%s%n",
        plain(answer.path("service").asText()),
        plain(answer.path("live").asText("none")),
        answer.path("pinned").asBoolean() ? ", pinned: policies change nothing" : "");
    int width = ID;
    for (JsonNode model : answer.path("models")) {
      width = Math.max(width, id(model).length());
    }
    String row = "%%-%ds ".formatted(width) + ROW;
    out.printf(row, "CHECKPOINT", "STEP", "VAL. LOSS", "STATE", "WHY");
    answer.path("models").forEach(model -> print(row, out, model));
    out.flush();
  }

  private static String id(JsonNode model) {
    return plain(model.path("id").asText());
  }

  private static void print(String row, PrintWriter out, JsonNode model) {
    JsonNode loss = model.at("/metrics/validation_loss");
    out.printf(
        row,
        id(model),
        model.path("step").asLong(),
        loss.isNumber() ? String.format(Locale.ROOT, "%.4f", loss.asDouble()) : "-",
        state(model),
        why(model));
  }

  /** What it is loaded for, or else what became of it. */
  static String state(JsonNode model) {
    String state = model.path("role").asText(model.path("state").asText());
    return model.has("share")
        ? String.format(Locale.ROOT, "%s %.3g", plain(state), model.get("share").asDouble())
        : plain(state);
  }

  private static String why(JsonNode model) {
    JsonNode verdict = model.path("verdict");
    String reason = plain(model.path("reason").asText(verdict.path("reason").asText("")));
    return verdict.has("by") ? reason + " (" + plain(verdict.get("by").asText()) + ")" : reason;
  }

  /** What people have written must not move the cursor of who reads it. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
