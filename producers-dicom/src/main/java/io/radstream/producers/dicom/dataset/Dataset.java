package io.radstream.producers.dicom.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Elements by tag. What is asked for and is not there, or is no number where one should be, is
 * empty: a header may hold anything.
 */
public final class Dataset {

  private record Element(String representation, Value value) {}

  private final byte[] file;
  private final boolean bigEndian;
  private final Map<Integer, Element> elements = new LinkedHashMap<>();
  private CharacterSets characters;

  Dataset(byte[] file, boolean bigEndian, CharacterSets characters) {
    this.file = file;
    this.bigEndian = bigEndian;
    this.characters = characters;
  }

  /** Of two elements with one tag the first counts. */
  void put(int tag, String representation, Value value) {
    elements.putIfAbsent(tag, new Element(representation, value));
    if (tag == Tag.SPECIFIC_CHARACTER_SET) {
      characters = CharacterSets.named(texts(tag));
    }
  }

  /** For the items inside. */
  CharacterSets characters() {
    return characters;
  }

  public boolean isBigEndian() {
    return bigEndian;
  }

  public boolean has(int tag) {
    return elements.containsKey(tag);
  }

  /** Whether an element says of itself that it holds these; false where files do not say it. */
  public boolean represents(int tag, String representation) {
    Element element = elements.get(tag);
    return element != null && element.representation().equals(representation);
  }

  /** What an element says of itself that it holds; empty where files do not say it. */
  public String representation(int tag) {
    Element element = elements.get(tag);
    return element == null ? "" : element.representation();
  }

  /** Whether an element holds data sets, or none. */
  public boolean isSequence(int tag) {
    return value(tag) instanceof Value.Items;
  }

  /** A whole value in letters, as long as it is, whatever separates values in it. */
  public Optional<String> whole(int tag) {
    return bytes(tag).map(characters::decode);
  }

  /** The first value without white space around it; never an empty one. */
  public Optional<String> text(int tag) {
    return texts(tag).stream().findFirst().filter(text -> !text.isEmpty());
  }

  /** All values, empty ones too, without white space around them. */
  public List<String> texts(int tag) {
    Optional<ByteBuffer> bytes = bytes(tag);
    if (bytes.isEmpty() || !bytes.get().hasRemaining()) {
      return List.of();
    }
    String text = characters.decode(bytes.get());
    return Arrays.stream(text.split("\\\\", -1)).map(Dataset::trimmed).toList();
  }

  private static String trimmed(String value) {
    return value.replace('\0', ' ').strip();
  }

  /** The first number that is written as text. */
  public OptionalDouble decimal(int tag) {
    double[] values = decimals(tag);
    return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(values[0]);
  }

  /** Numbers that are written as text; none where one of them is no finite number. */
  public double[] decimals(int tag) {
    try {
      double[] values = texts(tag).stream().mapToDouble(Double::parseDouble).toArray();
      return Arrays.stream(values).allMatch(Double::isFinite) ? values : new double[0];
    } catch (NumberFormatException e) {
      return new double[0];
    }
  }

  /** The first number of 16 bits, from 0. */
  public OptionalInt unsigned(int tag) {
    int[] values = unsignedShorts(tag);
    return values.length == 0 ? OptionalInt.empty() : OptionalInt.of(values[0]);
  }

  /** Numbers of 16 bits, from 0. */
  public int[] unsignedShorts(int tag) {
    ByteBuffer bytes = bytes(tag).orElse(ByteBuffer.allocate(0));
    int[] values = new int[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = Short.toUnsignedInt(bytes.getShort());
    }
    return values;
  }

  /** The data sets of a sequence; none where it is missing. */
  public List<Dataset> items(int tag) {
    return value(tag) instanceof Value.Items sequence ? sequence.items() : List.of();
  }

  /** A value as it lies in the file, in its byte order; read-only. */
  public Optional<ByteBuffer> bytes(int tag) {
    return value(tag) instanceof Value.Bytes bytes ? Optional.of(view(bytes)) : Optional.empty();
  }

  /** Of compressed pixel data: the table of frames, maybe empty, then at least one piece. */
  public List<ByteBuffer> fragments(int tag) {
    return value(tag) instanceof Value.Fragments pieces
        ? pieces.fragments().stream().map(this::view).toList()
        : List.of();
  }

  /** This one and all that are inside. */
  public Stream<Dataset> everywhere() {
    return Stream.concat(
        Stream.of(this),
        elements.values().stream()
            .map(Element::value)
            .filter(Value.Items.class::isInstance)
            .flatMap(value -> ((Value.Items) value).items().stream())
            .flatMap(Dataset::everywhere));
  }

  /** Tags of this data set alone. */
  public List<Integer> tags(IntPredicate wanted) {
    return elements.keySet().stream().filter(wanted::test).toList();
  }

  private Value value(int tag) {
    Element element = elements.get(tag);
    return element == null ? null : element.value();
  }

  private ByteBuffer view(Value.Bytes bytes) {
    return ByteBuffer.wrap(file, bytes.offset(), bytes.length())
        .slice()
        .asReadOnlyBuffer()
        .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }
}
