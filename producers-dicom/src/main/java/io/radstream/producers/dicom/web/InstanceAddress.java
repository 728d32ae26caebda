package io.radstream.producers.dicom.web;

import java.util.regex.Pattern;

/** Where an instance lies in an archive. Identifying: never logged. */
record InstanceAddress(String study, String series, String instance) {

  private static final Pattern UID = Pattern.compile("[0-9][0-9.]{0,63}");

  InstanceAddress {
    if (!isUid(study) || !isUid(series) || !isUid(instance)) {
      throw new IllegalArgumentException("what should be a UID is none");
    }
  }

  /** Whether it may stand in an address: an archive may send anything in a UID's place. */
  static boolean isUid(String text) {
    return UID.matcher(text).matches();
  }

  /** Below the root of DICOMweb. */
  String path() {
    return "/studies/" + study + "/series/" + series + "/instances/" + instance;
  }

  /** Says nothing: it could end in a log. */
  @Override
  public String toString() {
    return "InstanceAddress";
  }
}
