package io.radstream.results.dicom;

import static io.radstream.results.dicom.ContentItem.CONTAINS;
import static io.radstream.results.dicom.ContentItem.CONTEXT;
import static io.radstream.results.dicom.ContentItem.MODIFIER;

import io.radstream.producers.dicom.edit.EditableDataset;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.ResultId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tree of a Measurement Report (PS3.16, TID 1500): who observed, on which images, and for each
 * finding a group (TID 1501) with its probability and the algorithm that gave it (TID 4019).
 */
record MeasurementReport(Result result, List<KnownImage> images) {

  private static final String DEVICE_NAME = "Radstream";

  private static final Code TITLE = Code.dcm("126000", "Imaging Measurement Report");
  private static final Code FINDING = Code.dcm("121071", "Finding");
  private static final Code ALGORITHM_NAME = Code.dcm("111001", "Algorithm Name");
  private static final Code ALGORITHM_VERSION = Code.dcm("111003", "Algorithm Version");
  private static final Code PROBABILITY =
      new Code("PROBABILITY", Code.OWN, "Probability of finding");
  private static final Code NO_UNITS = new Code("1", "UCUM", "no units");

  /** The root, with its title and template. */
  EditableDataset root() {
    List<EditableDataset> content = new ArrayList<>();
    content.add(
        ContentItem.code(
            MODIFIER,
            Code.dcm("121049", "Language of Content Item and Descendants"),
            new Code("en", "RFC5646", "English")));
    content.addAll(observer());
    content.add(
        ContentItem.code(
            MODIFIER,
            Code.dcm("121058", "Procedure reported"),
            new Code("399208008", "SCT", "Plain chest X-ray")));
    if (!images.isEmpty()) {
      content.add(library());
    }
    content.add(
        ContentItem.container(CONTAINS, Code.dcm("126010", "Imaging Measurements"), groups()));
    content.add(ContentItem.text(CONTAINS, Code.dcm("121106", "Comment"), Result.NOTICE));
    EditableDataset root = ContentItem.container("", TITLE, content);
    EditableDataset template = new EditableDataset();
    template.put(SrTag.MAPPING_RESOURCE, "CS", "DCMR");
    template.put(SrTag.TEMPLATE_ID, "CS", "1500");
    ContentItem.sequence(root, SrTag.TEMPLATE, List.of(template));
    return root;
  }

  private List<EditableDataset> observer() {
    return List.of(
        ContentItem.code(
            CONTEXT, Code.dcm("121005", "Observer Type"), Code.dcm("121007", "Device")),
        ContentItem.uid(
            CONTEXT,
            Code.dcm("121012", "Device Observer UID"),
            new ResultId("", 0, result.id().checkpointId()).uid("device")),
        ContentItem.text(CONTEXT, Code.dcm("121013", "Device Observer Name"), DEVICE_NAME));
  }

  private EditableDataset library() {
    List<EditableDataset> listed = images.stream().map(ContentItem::image).toList();
    return ContentItem.container(
        CONTAINS,
        Code.dcm("111028", "Image Library"),
        List.of(
            ContentItem.container(CONTAINS, Code.dcm("126200", "Image Library Group"), listed)));
  }

  private List<EditableDataset> groups() {
    List<EditableDataset> groups = new ArrayList<>();
    for (Map.Entry<String, Double> each : result.probabilities().entrySet()) {
      groups.add(group(each.getKey(), each.getValue()));
    }
    return groups;
  }

  private EditableDataset group(String finding, double probability) {
    return ContentItem.container(
        CONTAINS,
        Code.dcm("125007", "Measurement Group"),
        List.of(
            ContentItem.text(CONTEXT, Code.dcm("112039", "Tracking Identifier"), finding),
            ContentItem.uid(
                CONTEXT,
                Code.dcm("112040", "Tracking Unique Identifier"),
                result.id().uid("finding " + finding)),
            ContentItem.code(MODIFIER, FINDING, Code.own(finding)),
            ContentItem.number(PROBABILITY, Result.written(probability), NO_UNITS, algorithm())));
  }

  private List<EditableDataset> algorithm() {
    return List.of(
        ContentItem.text(MODIFIER, ALGORITHM_NAME, DEVICE_NAME),
        ContentItem.text(MODIFIER, ALGORITHM_VERSION, result.id().checkpointId()));
  }
}
