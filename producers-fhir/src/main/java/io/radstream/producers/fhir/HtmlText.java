package io.radstream.producers.fhir;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Set;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML.Tag;
import javax.swing.text.html.HTMLEditorKit.ParserCallback;
import javax.swing.text.html.parser.ParserDelegator;

/** The text of a page, with a line for what a browser would begin a line for. */
final class HtmlText extends ParserCallback {

  private static final Set<Tag> LINES =
      Set.of(
          Tag.P,
          Tag.DIV,
          Tag.LI,
          Tag.UL,
          Tag.OL,
          Tag.TR,
          Tag.TABLE,
          Tag.PRE,
          Tag.BLOCKQUOTE,
          Tag.H1,
          Tag.H2,
          Tag.H3,
          Tag.H4,
          Tag.H5,
          Tag.H6,
          Tag.DT,
          Tag.DD);
  private static final Set<Tag> NOT_TEXT = Set.of(Tag.SCRIPT, Tag.STYLE, Tag.TITLE);

  private final StringBuilder text = new StringBuilder();
  private int hidden;

  private HtmlText() {}

  /** Stripped; no more than one blank line in a row. */
  static String of(String html) {
    HtmlText reader = new HtmlText();
    try {
      new ParserDelegator().parse(new StringReader(html), reader, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reader
        .text
        .toString()
        .replace('\u00A0', ' ')
        .replaceAll("[ \t]*\n[ \t]*", "\n")
        .replaceAll("\n{3,}", "\n\n")
        .strip();
  }

  @Override
  public void handleText(char[] data, int position) {
    if (hidden == 0) {
      text.append(data);
    }
  }

  @Override
  public void handleStartTag(Tag tag, MutableAttributeSet attributes, int position) {
    hidden += NOT_TEXT.contains(tag) ? 1 : 0;
    breakAt(tag);
  }

  @Override
  public void handleEndTag(Tag tag, int position) {
    hidden -= NOT_TEXT.contains(tag) ? 1 : 0;
    breakAt(tag);
  }

  @Override
  public void handleSimpleTag(Tag tag, MutableAttributeSet attributes, int position) {
    if (tag == Tag.BR || tag == Tag.HR) {
      text.append('\n');
    }
  }

  private void breakAt(Tag tag) {
    if (LINES.contains(tag) && text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    } else if (tag == Tag.TD || tag == Tag.TH) {
      text.append(' ');
    }
  }
}
