package io.radstream.results.dicom;

import io.radstream.producers.dicom.edit.Content;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.edit.Element;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import java.math.BigDecimal;
import java.util.List;

/** Items of a report's tree, as PS3.3 section C.17.3 has them. */
final class ContentItem {

  static final String CONTAINS = "CONTAINS";
  static final String CONTEXT = "HAS OBS CONTEXT";
  static final String MODIFIER = "HAS CONCEPT MOD";

  private ContentItem() {}

  static EditableDataset container(String relationship, Code name, List<EditableDataset> inside) {
    EditableDataset item = item(relationship, "CONTAINER", name);
    item.put(SrTag.CONTINUITY, "CS", "SEPARATE");
    sequence(item, SrTag.CONTENT, inside);
    return item;
  }

  static EditableDataset text(String relationship, Code name, String text) {
    EditableDataset item = item(relationship, "TEXT", name);
    item.put(SrTag.TEXT_VALUE, "UT", text);
    return item;
  }

  static EditableDataset code(String relationship, Code name, Code value) {
    EditableDataset item = item(relationship, "CODE", name);
    sequence(item, SrTag.CONCEPT_CODE, List.of(value.item()));
    return item;
  }

  static EditableDataset uid(String relationship, Code name, String uid) {
    EditableDataset item = item(relationship, "UIDREF", name);
    item.put(SrTag.UID, "UI", uid);
    return item;
  }

  /**
   * @param inside may be none
   */
  static EditableDataset number(
      Code name, BigDecimal value, Code unit, List<EditableDataset> inside) {
    EditableDataset measured = new EditableDataset();
    sequence(measured, SrTag.UNITS, List.of(unit.item()));
    measured.put(SrTag.NUMERIC_VALUE, "DS", value.toPlainString());
    EditableDataset item = item(CONTAINS, "NUM", name);
    sequence(item, SrTag.MEASURED_VALUE, List.of(measured));
    if (!inside.isEmpty()) {
      sequence(item, SrTag.CONTENT, inside);
    }
    return item;
  }

  static EditableDataset image(KnownImage image) {
    EditableDataset item = new EditableDataset();
    item.put(SrTag.RELATIONSHIP, "CS", CONTAINS);
    item.put(SrTag.VALUE_TYPE, "CS", "IMAGE");
    sequence(item, SrTag.REFERENCED_SOP, List.of(reference(image)));
    return item;
  }

  static EditableDataset reference(KnownImage image) {
    EditableDataset item = new EditableDataset();
    item.put(SrTag.REFERENCED_SOP_CLASS, "UI", image.sopClass());
    item.put(SrTag.REFERENCED_SOP_INSTANCE, "UI", image.instanceUid());
    return item;
  }

  static void sequence(EditableDataset of, int tag, List<EditableDataset> items) {
    of.put(new Element(tag, "SQ", new Content.Items(items)));
  }

  private static EditableDataset item(String relationship, String type, Code name) {
    EditableDataset item = new EditableDataset();
    if (!relationship.isEmpty()) {
      item.put(SrTag.RELATIONSHIP, "CS", relationship);
    }
    item.put(SrTag.VALUE_TYPE, "CS", type);
    sequence(item, SrTag.CONCEPT_NAME, List.of(name.item()));
    return item;
  }
}
