package io.radstream.serving.search;

/** What a vector was made from. */
enum Side {
  STUDY("study"),
  REPORT("report");

  private final String field;

  Side(String field) {
    this.field = field;
  }

  String field() {
    return field;
  }
}
