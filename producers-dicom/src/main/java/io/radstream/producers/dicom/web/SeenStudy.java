package io.radstream.producers.dicom.web;

import io.radstream.radiology.Sha256;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was seen of a study, as it is remembered: digests over its UIDs, which nobody can reverse
 * who does not know the UIDs already.
 *
 * @param identity of whom and which examination it was said to be; another one after a correction
 * @param count how many instances the archive told of; negative while not all are dealt with
 * @param instances digests of those that are dealt with
 */
record SeenStudy(String identity, int count, Set<String> instances) {

  private static final int IDENTITY_DIGITS = 16;
  private static final int INSTANCE_DIGITS = 12;
  private static final int FIXED = 2;
  private static final int UNFINISHED = -1;

  SeenStudy {
    instances = Set.copyOf(instances);
  }

  static SeenStudy nothing(String identity) {
    return new SeenStudy(identity, UNFINISHED, Set.of());
  }

  static String identity(Entry study) {
    String text =
        String.join(
            "\0",
            study.first(Entry.STUDY),
            study.first(Entry.ACCESSION),
            study.first(Entry.PATIENT));
    return Sha256.of(text).substring(0, IDENTITY_DIGITS);
  }

  /** What another version wrote counts as nothing: the study is looked at again. */
  static SeenStudy read(String value) {
    List<String> words = List.of(value.split(" "));
    try {
      int count = Integer.parseInt(words.get(1));
      return new SeenStudy(words.get(0), count, new HashSet<>(words.subList(FIXED, words.size())));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return nothing("");
    }
  }

  String write() {
    // In one order, so that the same is written the same.
    return String.join(
            " ", identity, Integer.toString(count), String.join(" ", new TreeSet<>(instances)))
        .strip();
  }

  boolean has(InstanceAddress address) {
    return instances.contains(digest(address));
  }

  SeenStudy with(Set<InstanceAddress> more, int newCount) {
    Set<String> all = new HashSet<>(instances);
    more.forEach(address -> all.add(digest(address)));
    return new SeenStudy(identity, newCount, all);
  }

  SeenStudy unfinished(Set<InstanceAddress> more) {
    return with(more, UNFINISHED);
  }

  private static String digest(InstanceAddress address) {
    return Sha256.of(address.path()).substring(0, INSTANCE_DIGITS);
  }
}
