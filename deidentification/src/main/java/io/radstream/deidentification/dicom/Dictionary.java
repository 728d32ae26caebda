package io.radstream.deidentification.dicom;

import java.util.List;
import java.util.Set;

/** PS3.6: the attributes that the standard knows, with the representations that they may have. */
final class Dictionary {

  private final TagTable<Set<String>> representations = new TagTable<>();

  private Dictionary() {}

  static Dictionary read() {
    Dictionary dictionary = new Dictionary();
    for (List<String> row : Resource.named("dictionary.tsv").rows()) {
      dictionary.representations.put(row.get(0), Set.of(row.get(1).split("/")));
    }
    return dictionary;
  }

  boolean knows(int tag, String vr) {
    return representations.row(tag).filter(known -> known.contains(vr)).isPresent();
  }
}
