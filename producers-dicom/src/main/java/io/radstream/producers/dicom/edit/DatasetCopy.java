package io.radstream.producers.dicom.edit;

import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.Tag;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads data sets into ones that can be changed: says what each element holds where its file does
 * not, turns letters of whatever character set into letters, and leaves values out that are none of
 * their kind. Bytes stay where they lie.
 *
 * @param signed whether numbers that may have a sign have one, as the pixels do
 */
record DatasetCopy(Representations known, boolean signed) {

  private static final String WORDS = "OW";
  private static final String SIGNED = "SS";
  private static final String CREATOR = "LO";

  static DatasetCopy of(Dataset root, Representations known) {
    return new DatasetCopy(known, root.unsigned(Tag.PIXEL_REPRESENTATION).orElse(0) == 1);
  }

  void copy(Dataset source, EditableDataset copy) {
    for (int tag : source.tags(tag -> true)) {
      String representation = representation(source, tag);
      copy.put(new Element(tag, representation, content(source, tag, representation)));
    }
  }

  private String representation(Dataset source, int tag) {
    if (source.isSequence(tag)) {
      return Representation.SEQUENCE;
    }
    String written = source.representation(tag);
    boolean says = Representation.isKnown(written) && !written.equals(Representation.UNKNOWN);
    String representation = says ? written : looked(source, tag);
    // Bytes that should be a sequence: nobody has looked into them.
    return representation.equals(Representation.SEQUENCE) ? Representation.UNKNOWN : representation;
  }

  private String looked(Dataset source, int tag) {
    if (PrivateTags.isCreator(tag)) {
      return CREATOR;
    }
    Optional<String> creator = PrivateTags.creator(tag).flatMap(source::text);
    List<String> possible = known.of(tag, creator);
    if (possible.contains(WORDS)) {
      return WORDS;
    }
    if (signed && possible.contains(SIGNED)) {
      return SIGNED;
    }
    return possible.stream()
        .findFirst()
        .filter(Representation::isKnown)
        .orElse(Representation.UNKNOWN);
  }

  private Content content(Dataset source, int tag, String representation) {
    if (source.isSequence(tag)) {
      return new Content.Items(source.items(tag).stream().map(this::item).toList());
    }
    List<ByteBuffer> fragments = source.fragments(tag);
    if (!fragments.isEmpty()) {
      return new Content.Fragments(fragments);
    }
    if (Representation.isText(representation)) {
      return new Content.Text(text(source.whole(tag).orElse(""), representation));
    }
    return source.bytes(tag).<Content>map(Content.Bytes::new).orElse(Content.Bytes.NONE);
  }

  private EditableDataset item(Dataset source) {
    EditableDataset item = new EditableDataset();
    copy(source, item);
    return item;
  }

  private static String text(String letters, String representation) {
    // Whoever writes letters behind a zero does not know that they are there.
    int end = letters.indexOf('\0');
    String text = end < 0 ? letters : letters.substring(0, end);
    if (Representation.isWholeText(representation)) {
      return text.stripTrailing();
    }
    return Arrays.stream(text.split("\\\\", -1))
        .map(String::strip)
        .map(value -> Representation.fits(representation, value) ? value : "")
        .collect(Collectors.joining("\\"));
  }
}
