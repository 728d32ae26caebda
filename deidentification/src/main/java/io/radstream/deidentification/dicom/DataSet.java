package io.radstream.deidentification.dicom;

import java.util.List;

/** A data set, or an item of a sequence, as some library holds it in memory. */
public interface DataSet {

  /** All of its attributes, private creators too, at this moment. */
  List<Attribute> attributes();

  /**
   * The values of an attribute that holds text, numbers or UIDs.
   *
   * @return empty where it has none or holds bytes or items
   */
  List<String> values(Attribute attribute);

  /** The items of a sequence; what is done to them is done to the data set. */
  List<DataSet> items(Attribute attribute);

  void remove(Attribute attribute);

  /** Sets an attribute's values; none make it empty, of items too. */
  void set(Attribute attribute, List<String> values);
}
