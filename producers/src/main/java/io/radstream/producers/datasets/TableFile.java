package io.radstream.producers.datasets;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.radstream.producers.datasets.BoundedReader.RowTooLongException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A table of a set, read row by row: CSV with a line of names, or JSON Lines; UTF-8; compressed by
 * gzip where its name ends so. A table that is damaged anywhere ends the reading of the set, since
 * nobody could say what is missing.
 */
record TableFile(Path file) {

  /** Takes rows. */
  @FunctionalInterface
  interface Rows<T> {
    void accept(T row) throws IOException;
  }

  private static final ObjectReader CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build()
          .readerFor(String[].class);

  private static final ObjectReader JSON =
      JsonMapper.builder()
          // Python writes NaN where it knows nothing.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build()
          .readerFor(JsonNode.class);

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** Gives the rows of CSV without the line of names, which has to hold these. */
  void csv(List<String> needed, Rows<TableRow> rows) throws IOException {
    List<Map<String, Integer>> header = new ArrayList<>();
    each(
        CSV,
        (String[] row, long number) -> {
          if (header.isEmpty()) {
            header.add(columns(row, needed));
          } else {
            take(rows, new TableRow(header.get(0), row, number), number);
          }
        });
    if (header.isEmpty()) {
      throw broken("is empty");
    }
  }

  /** Gives the first cell of each row of a list that has no line of names. */
  void list(Rows<String> lines) throws IOException {
    each(CSV, (String[] row, long number) -> take(lines, row[0].strip(), number));
  }

  /** Gives the objects of JSON Lines. */
  void jsonLines(Rows<JsonNode> rows) throws IOException {
    each(JSON, (JsonNode row, long number) -> take(rows, row, number));
  }

  private <T> void take(Rows<T> rows, T row, long number) throws IOException {
    try {
      rows.accept(row);
    } catch (DatasetException e) {
      throw broken("cannot be used: row %d: %s".formatted(number, e.getMessage()));
    }
  }

  private interface Numbered<T> {
    void accept(T row, long number) throws IOException;
  }

  private <T> void each(ObjectReader format, Numbered<T> rows) throws IOException {
    long number = 0;
    try (InputStream input = open();
        BoundedReader bounded =
            new BoundedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        MappingIterator<T> values = format.readValues(bounded)) {
      while (values.hasNextValue()) {
        T row = values.nextValue();
        bounded.rowRead();
        number++;
        rows.accept(row, number);
      }
    } catch (DatasetException e) {
      throw e;
    } catch (IOException e) {
      throw explained(e, number);
    }
  }

  /** Jackson wraps what its input throws, and its own messages would quote the row. */
  private DatasetException explained(IOException e, long number) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RowTooLongException) {
        return broken(
            "has a row of more than %d characters after row %d; is a quotation mark not closed?"
                .formatted(BoundedReader.MAX_ROW, number));
      } else if (cause instanceof ZipException || cause instanceof EOFException) {
        return broken("is damaged or incomplete after row %d; fetch it again".formatted(number));
      }
    }
    return broken("cannot be read after row %d; is it whole?".formatted(number));
  }

  private InputStream open() throws IOException {
    InputStream input = Files.newInputStream(file);
    try {
      return file.toString().endsWith(".gz") ? new GZIPInputStream(input, 1 << 16) : input;
    } catch (ZipException | EOFException e) {
      input.close();
      throw broken("is no gzip file; fetch it again");
    }
  }

  private Map<String, Integer> columns(String[] names, List<String> needed)
      throws DatasetException {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      String name = names[i].strip();
      if (!name.isEmpty() && name.charAt(0) == BYTE_ORDER_MARK) {
        name = name.substring(1);
      }
      columns.putIfAbsent(name, i);
    }
    for (String name : needed) {
      if (!columns.containsKey(name)) {
        throw broken("has no column \"%s\"; is it the file as published?".formatted(name));
      }
    }
    return columns;
  }

  private DatasetException broken(String what) {
    return new DatasetException(file.getFileName() + " " + what);
  }
}
