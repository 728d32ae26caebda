package io.radstream.producers.hl7;

import io.radstream.producers.hl7.report.PatientMerge;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyNames;
import io.radstream.radiology.Sha256;
import java.util.ArrayList;
import java.util.List;

/** What is to be sent for patient merges: nothing for a message that came before. */
record MergeConsignments(StudyNames names) {

  /**
   * @param message its bytes, by which the same message is known again
   */
  Consignment of(PartSink sink, long number, List<PatientMerge> merges, byte[] message) {
    String digest = Sha256.of(message);
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
}
