package io.radstream.deidentification.text;

import java.util.function.Consumer;

/** Finds what identifies, in time that grows with the text's length and no faster. */
@FunctionalInterface
interface Finder {

  void find(ReportText text, Consumer<Span> found);
}
