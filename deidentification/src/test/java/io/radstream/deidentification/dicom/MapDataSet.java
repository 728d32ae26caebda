package io.radstream.deidentification.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A data set in a map. */
final class MapDataSet implements DataSet {

  private final Map<Attribute, List<String>> texts = byTag();
  private final Map<Attribute, List<DataSet>> sequences = byTag();

  MapDataSet with(Attribute attribute, String... values) {
    texts.put(attribute, List.of(values));
    return this;
  }

  MapDataSet with(Attribute attribute, DataSet... items) {
    sequences.put(attribute, List.of(items));
    return this;
  }

  private static <V> Map<Attribute, V> byTag() {
    return new TreeMap<>(Comparator.comparing(Attribute::tag, Integer::compareUnsigned));
  }

  @Override
  public List<Attribute> attributes() {
    List<Attribute> all = new ArrayList<>(texts.keySet());
    all.addAll(sequences.keySet());
    return all;
  }

  @Override
  public List<String> values(Attribute attribute) {
    return texts.getOrDefault(attribute, List.of());
  }

  @Override
  public List<DataSet> items(Attribute attribute) {
    return sequences.getOrDefault(attribute, List.of());
  }

  @Override
  public void remove(Attribute attribute) {
    texts.remove(attribute);
    sequences.remove(attribute);
  }

  @Override
  public void set(Attribute attribute, List<String> values) {
    sequences.remove(attribute);
    texts.put(attribute, values);
  }

  @Override
  public String toString() {
    return texts + " " + sequences;
  }
}
