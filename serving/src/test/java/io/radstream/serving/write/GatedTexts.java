package io.radstream.serving.write;

import io.radstream.model.config.Generation;
import io.radstream.serving.score.ReportTexts;
import java.util.concurrent.Semaphore;

/** Texts that are read only when a test lets them, so that reports stay unfinished until then. */
public final class GatedTexts implements ReportTexts {

  private static final int ALL = 1 << 20;

  private final ReportTexts texts;
  private final Semaphore allowed;

  private GatedTexts(ReportTexts texts, int allowed) {
    this.texts = texts;
    this.allowed = new Semaphore(allowed);
  }

  static GatedTexts open(ReportTexts texts) {
    return new GatedTexts(texts, ALL);
  }

  static GatedTexts closed(ReportTexts texts) {
    return new GatedTexts(texts, 0);
  }

  /** Lets so many more be read. */
  public void allow(int more) {
    allowed.release(more);
  }

  public void allowAll() {
    allowed.release(ALL);
  }

  @Override
  public String text(int[] ids) {
    allowed.acquireUninterruptibly();
    return texts.text(ids);
  }

  @Override
  public String fingerprint() {
    return texts.fingerprint();
  }

  @Override
  public int[] tokens(String sentence) {
    return texts.tokens(sentence);
  }

  @Override
  public Generation writing(int vocabulary) {
    return texts.writing(vocabulary);
  }

  @Override
  public void close() {
    texts.close();
  }
}
