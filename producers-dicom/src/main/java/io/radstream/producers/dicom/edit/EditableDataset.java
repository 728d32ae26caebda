package io.radstream.producers.dicom.edit;

import io.radstream.deidentification.dicom.Attribute;
import io.radstream.deidentification.dicom.DataSet;
import io.radstream.producers.dicom.dataset.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * A data set that can be changed. It looks into the file that it comes from, and does not change
 * that. Not thread-safe.
 */
public final class EditableDataset implements DataSet {

  private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

  /** One without elements. */
  public EditableDataset() {}

  /**
   * @param known what attributes hold whose file does not say it
   */
  public static EditableDataset of(Dataset source, Representations known) {
    EditableDataset copy = new EditableDataset();
    DatasetCopy.of(source, known).copy(source, copy);
    return copy;
  }

  /** In the order of their tags. */
  public List<Element> elements() {
    return List.copyOf(elements.values());
  }

  /** Sets an element, or sets it anew. */
  public void put(Element element) {
    elements.put(element.tag(), element);
  }

  /** The same for text. */
  public void put(int tag, String representation, String text) {
    put(new Element(tag, representation, new Content.Text(text)));
  }

  /** Takes elements out, in sequences too. */
  public void removeEverywhere(IntPredicate unwanted) {
    elements.keySet().removeIf(unwanted::test);
    items().forEach(item -> item.removeEverywhere(unwanted));
  }

  /** Takes elements out of sequences alone. */
  public void removeInside(IntPredicate unwanted) {
    items().forEach(item -> item.removeEverywhere(unwanted));
  }

  /** Takes names out that reserve private elements of which none is there. */
  public void removeIdleCreators() {
    Set<Integer> used =
        elements.keySet().stream()
            .flatMap(tag -> PrivateTags.creator(tag).stream())
            .collect(Collectors.toSet());
    elements.keySet().removeIf(tag -> PrivateTags.isCreator(tag) && !used.contains(tag));
    items().forEach(EditableDataset::removeIdleCreators);
  }

  private List<EditableDataset> items() {
    return elements.values().stream()
        .map(Element::content)
        .filter(Content.Items.class::isInstance)
        .flatMap(content -> ((Content.Items) content).items().stream())
        .toList();
  }

  @Override
  public List<Attribute> attributes() {
    return elements.values().stream()
        .map(it -> new Attribute(it.tag(), it.representation(), creator(it.tag())))
        .toList();
  }

  private Optional<String> creator(int tag) {
    return PrivateTags.creator(tag)
        .map(elements::get)
        .map(Element::content)
        .filter(Content.Text.class::isInstance)
        .map(content -> ((Content.Text) content).text());
  }

  @Override
  public List<String> values(Attribute attribute) {
    Element element = elements.get(attribute.tag());
    if (element == null) {
      return List.of();
    }
    if (element.content() instanceof Content.Bytes bytes) {
      return Numbers.decode(element.representation(), bytes.bytes());
    }
    if (!(element.content() instanceof Content.Text text) || text.text().isEmpty()) {
      return List.of();
    }
    return Representation.isWholeText(element.representation())
        ? List.of(text.text())
        : Arrays.asList(text.text().split("\\\\", -1));
  }

  @Override
  public List<DataSet> items(Attribute attribute) {
    Element element = elements.get(attribute.tag());
    return element != null && element.content() instanceof Content.Items sequence
        ? new ArrayList<>(sequence.items())
        : List.of();
  }

  @Override
  public void remove(Attribute attribute) {
    elements.remove(attribute.tag());
  }

  @Override
  public void set(Attribute attribute, List<String> values) {
    if (!values.isEmpty() && values.equals(values(attribute))) {
      return;
    }
    String representation = attribute.vr();
    put(new Element(attribute.tag(), representation, content(representation, values)));
  }

  private static Content content(String representation, List<String> values) {
    if (Representation.isText(representation)) {
      return new Content.Text(
          values.stream()
              .map(value -> Representation.cut(representation, value))
              .collect(Collectors.joining("\\")));
    }
    if (representation.equals(Representation.SEQUENCE)) {
      return new Content.Items(List.of());
    }
    return values.isEmpty()
        ? Content.Bytes.NONE
        : new Content.Bytes(Numbers.encode(representation, values));
  }

  /** Tells nothing of what it holds. */
  @Override
  public String toString() {
    return "EditableDataset[%d elements]".formatted(elements.size());
  }
}
