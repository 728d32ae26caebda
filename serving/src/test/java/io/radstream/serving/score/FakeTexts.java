package io.radstream.serving.score;

import io.radstream.model.config.Generation;
import java.util.List;

/** Texts of a {@link FakeNetwork}: bright, which is token 1, and dark, which is any other. */
public final class FakeTexts implements ReportTexts {

  public static final String FINGERPRINT = "fake";
  public static final List<Integer> BRIGHT = List.of(1);
  public static final List<Integer> DARK = List.of(2);

  @Override
  public String fingerprint() {
    return FINGERPRINT;
  }

  @Override
  public int[] tokens(String sentence) {
    return new int[] {sentence.startsWith("bright") ? 1 : 2};
  }

  @Override
  public String text(int[] ids) {
    return ids[0] == 1 ? "bright" : "dark";
  }

  @Override
  public Generation writing(int vocabulary) {
    return Generation.greedy(0, 1);
  }

  @Override
  public void close() {}
}
