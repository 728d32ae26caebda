package io.radstream.deidentification.pixels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts letters side by side together, and tells a row of text from what only looks like a letter.
 *
 * @param smallest height of a letter, in pixels
 * @param tallest height of a letter, in pixels
 * @param fewestLetters in a row: one or two are a marker of the side or of the projection
 * @param widestGap between letters, in heights of a letter
 */
record TextRows(int smallest, int tallest, int fewestLetters, double widestGap) {

  private static final int FEWEST_SHAPED = 2;
  private static final double HEIGHT_RATIO = 1.55;
  private static final double LINE_TOLERANCE = 0.3;

  List<Region> of(List<Component> components) {
    List<Region> rows = new ArrayList<>();
    List<Component> letters = new ArrayList<>();
    for (Component component : components) {
      int height = component.box().height();
      if (height < smallest || height > tallest) {
        continue;
      }
      if (component.letters() >= fewestLetters) {
        rows.add(component.box());
      } else if (component.maybeLetter() || component.letters() > 0) {
        letters.add(component);
      }
    }
    letters.sort(Comparator.comparingInt(it -> it.box().x()));
    boolean[] used = new boolean[letters.size()];
    for (int i = 0; i < letters.size(); i++) {
      if (!used[i]) {
        List<Component> row = row(letters, used, i);
        if (isText(row)) {
          rows.add(row.stream().map(Component::box).reduce(Region::with).orElseThrow());
        }
      }
    }
    return rows;
  }

  private List<Component> row(List<Component> letters, boolean[] used, int first) {
    List<Component> row = new ArrayList<>(List.of(letters.get(first)));
    used[first] = true;
    for (int i = first + 1; i < letters.size(); i++) {
      Region last = row.get(row.size() - 1).box();
      Region next = letters.get(i).box();
      if (next.x() - last.right() > widestGap * Math.max(last.height(), next.height())) {
        break;
      }
      if (!used[i] && follows(last, next)) {
        row.add(letters.get(i));
        used[i] = true;
      }
    }
    return row;
  }

  private static boolean follows(Region last, Region next) {
    double taller = Math.max(last.height(), next.height());
    double ratio = taller / Math.min(last.height(), next.height());
    int bottom = Math.abs(last.bottom() - next.bottom());
    boolean beside = next.x() >= last.right() - 0.25 * taller;
    return beside && ratio <= HEIGHT_RATIO && bottom <= LINE_TOLERANCE * taller;
  }

  private boolean isText(List<Component> row) {
    long letters = row.stream().mapToInt(it -> Math.max(1, it.letters())).sum();
    long shaped = row.stream().filter(it -> it.isShaped() || it.letters() > 0).count();
    return letters >= fewestLetters && shaped >= Math.min(FEWEST_SHAPED, row.size());
  }
}
