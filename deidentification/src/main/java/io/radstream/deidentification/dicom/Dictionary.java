package io.radstream.deidentification.dicom;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** PS3.6: the attributes that the standard knows, with the representations that they may have. */
public final class Dictionary {

  private static final Pattern ONE_TAG = Pattern.compile("[0-9a-fA-F]{8}");

  private final TagTable<List<String>> representations = new TagTable<>();

  private Dictionary() {}

  static Dictionary read() {
    Dictionary dictionary = new Dictionary();
    for (List<String> row : Resource.named("dictionary.tsv").rows()) {
      dictionary.representations.put(row.get(0), List.of(row.get(1).split("/")));
    }
    return dictionary;
  }

  /** Every attribute that has one tag, with the first of its value representations. */
  public static Map<Integer, String> attributes() {
    Map<Integer, String> attributes = new TreeMap<>();
    for (List<String> row : Resource.named("dictionary.tsv").rows()) {
      if (ONE_TAG.matcher(row.get(0)).matches()) {
        attributes.put(
            Integer.parseUnsignedInt(row.get(0), 16), row.get(1).replaceFirst("/.*", ""));
      }
    }
    return attributes;
  }

  boolean knows(int tag, String vr) {
    return representations(tag).contains(vr);
  }

  /** Those that an attribute may have, in the order of the standard; none where it is not known. */
  List<String> representations(int tag) {
    return representations.row(tag).orElse(List.of());
  }
}
