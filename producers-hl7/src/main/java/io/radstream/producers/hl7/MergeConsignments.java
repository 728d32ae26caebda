package io.radstream.producers.hl7;

import io.radstream.producers.hl7.report.PatientMerge;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What is to be sent for patient merges: nothing for a message that came before. */
record MergeConsignments(StudyNames names) {

  /**
   * @param message its bytes, by which the same message is known again
   */
  Consignment of(PartSink sink, long number, List<PatientMerge> merges, byte[] message) {
    String digest = HexFormat.of().formatHex(sha256().digest(message));
    List<SourceItem> items = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    for (PatientMerge merge : merges) {
      String key = key(merge);
      if (sink.recall(key).filter(digest::equals).isEmpty()) {
        String survivor = names.patient(merge.survivor());
        items.add(new SourceItem.Merged(number, survivor, names.patient(merge.former())));
        marks.add(new Mark(key, digest));
      }
    }
    return new Consignment(items, marks);
  }

  static String key(PatientMerge merge) {
    return "merge/" + merge.former();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
