package io.radstream.results.dicom;

import io.radstream.producers.dicom.edit.Content;
import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.dicom.edit.Element;
import io.radstream.results.destination.Result;
import io.radstream.results.maps.MapPicture;
import io.radstream.results.maps.RgbPicture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A view with a map over it as a Secondary Capture of the study that was scored, with what it is
 * burned in. Which image of the archive the view was made of is not known, and so not said.
 */
final class CaptureDocument implements StoredObject {

  /** Secondary Capture Image Storage. */
  static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.7";

  static final String NOTICE = "RESEARCH ONLY - NOT FOR DIAGNOSIS";

  private static final String SERIES = "AI heat map, research only";
  private static final int BITS = 8;
  private static final int LONGEST_COMMENT = 10_240;

  private final Result result;
  private final MapPicture map;
  private final int number;
  private final String instance;
  private final byte[] dataSet;

  /**
   * @param number of the instance in its series, from 1
   */
  CaptureDocument(Result result, MapPicture map, int number) {
    this.result = result;
    this.map = map;
    this.number = number;
    this.instance = result.id().uid("map %d of %s".formatted(map.view(), map.finding()));
    this.dataSet = written();
  }

  @Override
  public String sopClass() {
    return SOP_CLASS;
  }

  @Override
  public String instance() {
    return instance;
  }

  @Override
  public byte[] dataSet() {
    return dataSet.clone();
  }

  private byte[] written() {
    EditableDataset object = new EditableDataset();
    new ResultAttributes(result).put(object);
    putGeneral(object);
    putPicture(object, new BurnedIn(List.of(NOTICE), said()).on(map.picture()));
    return StoredObject.written(object);
  }

  private List<String> said() {
    return List.of(
        "%s: probability %s"
            .formatted(
                map.finding(),
                Result.written(result.probabilities().get(map.finding())).toPlainString()),
        "checkpoint %s, view %d".formatted(result.id().checkpointId(), map.view() + 1),
        "Coloured: where the score comes from.");
  }

  private void putGeneral(EditableDataset object) {
    object.put(SrTag.SOP_CLASS, "UI", SOP_CLASS);
    object.put(SrTag.SOP_INSTANCE, "UI", instance);
    object.put(SrTag.MODALITY, "CS", "OT");
    object.put(SrTag.SERIES_DESCRIPTION, "LO", SERIES);
    object.put(SrTag.SERIES_UID, "UI", result.id().uid("maps"));
    object.put(SrTag.SERIES_NUMBER, "IS", "2");
    object.put(SrTag.INSTANCE_NUMBER, "IS", Integer.toString(number));
    object.put(CaptureTag.IMAGE_TYPE, "CS", "DERIVED\\SECONDARY");
    object.put(CaptureTag.CONVERSION_TYPE, "CS", "WSD");
    object.put(
        CaptureTag.DERIVATION,
        "ST",
        "A view, resized, with a map over it of where a network's score comes from");
    object.put(CaptureTag.PATIENT_ORIENTATION, "CS", "");
    object.put(CaptureTag.LATERALITY, "CS", "");
    object.put(
        CaptureTag.IMAGE_COMMENTS,
        "LT",
        ResultAttributes.cut(NOTICE + ". " + String.join("; ", said()), LONGEST_COMMENT));
    object.put(CaptureTag.BURNED_IN, "CS", "YES");
  }

  private static void putPicture(EditableDataset object, RgbPicture picture) {
    number(object, CaptureTag.SAMPLES_PER_PIXEL, RgbPicture.CHANNELS);
    object.put(CaptureTag.PHOTOMETRIC, "CS", "RGB");
    number(object, CaptureTag.PLANAR, 0);
    number(object, CaptureTag.ROWS, picture.height());
    number(object, CaptureTag.COLUMNS, picture.width());
    number(object, CaptureTag.BITS_ALLOCATED, BITS);
    number(object, CaptureTag.BITS_STORED, BITS);
    number(object, CaptureTag.HIGH_BIT, BITS - 1);
    number(object, CaptureTag.REPRESENTATION, 0);
    object.put(
        new Element(CaptureTag.PIXELS, "OB", new Content.Bytes(ByteBuffer.wrap(picture.pixels()))));
  }

  private static void number(EditableDataset object, int tag, int value) {
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    object.put(new Element(tag, "US", new Content.Bytes(bytes.putShort(0, (short) value))));
  }
}
