package io.radstream.cli;

/**
 * The outcome of one check.
 *
 * @param name what was checked, one word
 * @param ok whether it is as it should be
 * @param detail what was found
 * @param advice what to do; empty where nothing is to be done
 */
record Diagnosis(String name, boolean ok, String detail, String advice) {

  static Diagnosis ok(String name, String detail) {
    return new Diagnosis(name, true, detail, "");
  }

  static Diagnosis fix(String name, String detail, String advice) {
    return new Diagnosis(name, false, detail, advice);
  }

  String line() {
    String found = "%-4s %-9s %s".formatted(ok ? "ok" : "FIX", name, detail);
    return ok ? found : found + "\n               -> " + advice;
  }
}
