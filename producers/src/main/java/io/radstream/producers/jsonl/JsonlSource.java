package io.radstream.producers.jsonl;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.radstream.producers.jsonl.StudyLine.ImageEntry;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.ReadSource;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Studies from a JSON Lines file (UTF-8), one object a line:
 *
 * <pre>{@code
 * {"patient": "62", "offset": "3", "text": "FINDINGS: ...",
 *  "images": [{"file": "images/62-pa.jpg", "view": "PA"}]}
 * }</pre>
 *
 * Files are relative to the file's directory and inside it. {@code offset} (days, or anything that
 * tells a patient's studies apart), {@code view}, {@code study} (the study's own name), {@code
 * status} and {@code version} of the report and {@code labels} may be missing. Where the study has
 * a name, a line may be one part of it: without {@code text}, without {@code images}, or with
 * labels alone; other fields are ignored, and so are blank lines. A line that is no study is
 * refused with its number, and the others go on.
 */
public final class JsonlSource implements ReadSource {

  /** Some editors begin a file with it. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws NoSuchFileException where there is no such file
   * @throws IOException where the file cannot be resolved
   */
  public JsonlSource(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "not a file");
    }
    this.file = file.toRealPath();
  }

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public OptionalLong sizeEstimate() {
    try (LineReader lines = open()) {
      long count = 0;
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        count += isBlank(line) ? 0 : 1;
      }
      return OptionalLong.of(count);
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public Stream<SourceItem> items() {
    try {
      LineReader lines = open();
      ImageFiles images = new ImageFiles(file.getParent());
      Numbered numbered = new Numbered(lines);
      return Stream.generate(numbered::next)
          .takeWhile(Objects::nonNull)
          .filter(line -> !isBlank(line.bytes()))
          .map(line -> item(line, images))
          .onClose(numbered::close);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file.getFileName(), e);
    }
  }

  @Override
  public Origin origin(SourceItem item) {
    return new Origin(file + " line " + item.number(), "");
  }

  private LineReader open() throws IOException {
    return new LineReader(Files.newInputStream(file));
  }

  private SourceItem item(Line line, ImageFiles files) {
    try {
      return new SourceItem.Found(line.number(), study(line.bytes(), files));
    } catch (BadLineException e) {
      return new SourceItem.Refused(line.number(), e.reason(), e.getMessage());
    }
  }

  private StudyPart study(byte[] bytes, ImageFiles files) throws BadLineException {
    StudyLine line = parse(bytes);
    List<RawView> views = new ArrayList<>();
    for (ImageEntry entry : line.images()) {
      byte[] image = files.read(entry.file(), views.size() + 1);
      String key = line.viewKey(entry, views.size() + 1);
      views.add(new RawView(key, ViewNames.projection(entry.view()), new Image.File(image)));
    }
    return new StudyPart(line.patient(), line.studyKey(), views, line.report(), line.labels());
  }

  private StudyLine parse(byte[] bytes) throws BadLineException {
    if (bytes.length > LineReader.MAX_BYTES) {
      throw BadLineException.invalid("the line has more than " + LineReader.MAX_BYTES + " bytes");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return StudyLine.of(
          mapper.readTree(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
    } catch (CharacterCodingException e) {
      throw BadLineException.invalid("the line is not UTF-8 text");
    } catch (JacksonException e) {
      // Jackson's own message would quote the line.
      throw BadLineException.invalid("the line is not valid JSON");
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ArrayRecordComponent") // lives for one line, and nobody compares it
  private record Line(long number, byte[] bytes) {}

  /** Counts lines, blank ones too, so that numbers agree with an editor's. */
  private static final class Numbered {

    private final LineReader lines;
    private long number;

    Numbered(LineReader lines) {
      this.lines = lines;
    }

    Line next() {
      try {
        byte[] bytes = lines.next();
        return bytes == null ? null : new Line(++number, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the study file after line " + number, e);
      }
    }

    void close() {
      try {
        lines.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
