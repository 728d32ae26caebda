package io.radstream.radiology.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What may name a side and is in no table: a slip of the pen in a word for one, or an abbreviation
 * that begins like one. A text that holds it is not understood.
 */
final class SideSlips {

  private static final List<String> SIDES =
      List.of(
          "left",
          "right",
          "links",
          "linke",
          "rechts",
          "rechte",
          "gauche",
          "droite",
          "droit",
          "izquierda",
          "izquierdo",
          "derecha",
          "derecho",
          "esquerda",
          "esquerdo",
          "direita",
          "direito",
          "sinistra",
          "sinistro",
          "destra",
          "destro");

  /** One letter away from a side, and yet none. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "light",
          "lights",
          "might",
          "sight",
          "night",
          "tight",
          "eight",
          "fight",
          "bright",
          "wright",
          "lift",
          "loft",
          "lest",
          "lent",
          "lets",
          "cleft",
          "felt",
          "like",
          "line",
          "lines",
          "linea",
          "linee",
          "link",
          "linse",
          "linie",
          "sinks",
          "kinks",
          "drinks",
          "recht",
          "echte",
          "doit",
          "droits",
          "dentro",
          "desta",
          "deste",
          "destes",
          "desto",
          "direto",
          "direta",
          "directo",
          "directa",
          "diretto",
          "diretta",
          "derechos",
          "direitos",
          "rights",
          "dextra");

  /** "lul", "rhs", "LHS", "RSC": no vowel, so that it is no word. */
  private static final Pattern ABBREVIATION =
      Pattern.compile("[lr][uml]l|[lr]hs|[LR][B-DF-HJ-NP-TV-Z]{2,4}");

  private SideSlips() {}

  static boolean has(String written, String folded) {
    return ABBREVIATION.matcher(written).matches() || isMisspelt(folded.toLowerCase(Locale.ROOT));
  }

  private static boolean isMisspelt(String word) {
    return word.length() >= 4
        && !OTHER_WORDS.contains(word)
        && SIDES.stream().anyMatch(side -> Misspelling.slips(side, word) == 1);
  }
}
