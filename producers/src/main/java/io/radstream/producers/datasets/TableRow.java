package io.radstream.producers.datasets;

import java.util.Map;
import java.util.Set;

/**
 * A row of a table.
 *
 * @param columns places of cells by name
 * @param number in the file, from 1; the line of names counts
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one row, and nobody compares it
record TableRow(Map<String, Integer> columns, String[] cells, long number) {

  /** The cell without white space around it; empty where the row or the table has none. */
  String get(String column) {
    return get(columns.getOrDefault(column, Integer.MAX_VALUE));
  }

  /** The same by place, from 0. */
  String get(int place) {
    return place < cells.length ? cells[place].strip() : "";
  }

  Set<String> names() {
    return columns.keySet();
  }
}
