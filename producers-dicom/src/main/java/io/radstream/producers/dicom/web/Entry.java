package io.radstream.producers.dicom.web;

import java.util.List;
import java.util.Map;

/**
 * One entry of a list that an archive answered. Identifying: never logged.
 *
 * @param values of its attributes as text, by the tag's eight hexadecimal digits
 */
record Entry(Map<String, List<String>> values) {

  static final String ACCESSION = "00080050";
  static final String MODALITY = "00080060";
  static final String MODALITIES = "00080061";
  static final String PATIENT = "00100020";
  static final String STUDY = "0020000D";
  static final String SERIES = "0020000E";
  static final String INSTANCE = "00080018";
  static final String INSTANCES = "00201208";

  Entry {
    values = Map.copyOf(values);
  }

  /** The first value, without white space around it; empty where there is none. */
  String first(String tag) {
    List<String> all = all(tag);
    return all.isEmpty() ? "" : all.get(0);
  }

  List<String> all(String tag) {
    return values.getOrDefault(tag, List.of());
  }

  /** Says nothing: it could end in a log. */
  @Override
  public String toString() {
    return "Entry";
  }
}
