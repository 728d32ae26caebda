package io.radstream.radiology.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SidesTest {

  private final Sides sides = new Sides();

  private record Pair(String word, String other) {}

  /** Words for sides, in the forms that go with the frames below. */
  private static final Map<String, List<Pair>> SIDES =
      Map.of(
          "en",
          List.of(
              new Pair("left", "right"),
              new Pair("leftward", "rightward"),
              new Pair("left-sided", "right-sided"),
              new Pair("LUL", "RUL"),
              new Pair("lt.", "rt."),
              new Pair("levoscoliosis", "dextroscoliosis"),
              new Pair("(L)", "(R)")),
          "de",
          List.of(
              new Pair("links", "rechts"),
              new Pair("linke", "rechte"),
              new Pair("linkem", "rechtem"),
              new Pair("linksseitig", "rechtsseitig"),
              new Pair("li.", "re.")),
          "es",
          List.of(
              new Pair("izquierdo", "derecho"),
              new Pair("izquierdas", "derechas"),
              new Pair("izq.", "der."),
              new Pair("izda.", "dcha.")),
          "fr",
          List.of(new Pair("à gauche", "à droite"), new Pair("poumon gauche", "poumon droit")),
          "pt",
          List.of(
              new Pair("esquerdo", "direito"),
              new Pair("esquerdas", "direitas"),
              new Pair("esq.", "dir.")),
          "it",
          List.of(
              new Pair("sinistro", "destro"),
              new Pair("sinistre", "destre"),
              new Pair("sinistroconvessa", "destroconvessa"),
              new Pair("sx", "dx")));

  private static final Map<String, List<String>> PLAIN =
      Map.of(
          "en", List.of("small effusion of the lung", "no bright opacity", "with upright film"),
          "de", List.of("kein Erguss in der Lunge", "recht gut und mit", "der Befund ist"),
          "es", List.of("derrame de la base con", "en el pulmón sin", "no hay una masa"),
          "fr", List.of("avec un petit épanchement", "dans cet endroit il y a", "pas de foyer"),
          "pt", List.of("não há derrame", "com opacidade na base", "os campos pulmonares"),
          "it", List.of("con versamento della base", "il polmone non ha", "nella norma e"));

  @Test
  void shouldExchangeEverySideAndNothingElseInRandomTexts() {
    for (String language : SIDES.keySet()) {
      for (int i = 0; i < 120; i++) {
        CounterRandom random = CounterRandom.of(1, "sides " + language, i);
        List<String> text = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (int part = 0; part < 6; part++) {
          String plain = pick(PLAIN.get(language), random);
          Pair pair = pick(SIDES.get(language), random);
          boolean turned = random.nextBoolean();
          int form = random.nextInt(3);
          String mark = pick(List.of(" ", ", ", ". ", "; ", "\n", " – ", "/"), random);
          text.add(plain + " " + cased(turned ? pair.other() : pair.word(), form) + mark);
          wanted.add(plain + " " + cased(turned ? pair.word() : pair.other(), form) + mark);
        }
        String written = String.join("", text);

        assertThat(sides.mirror(written)).contains(String.join("", wanted));
        assertThat(sides.mirror(String.join("", wanted))).contains(written);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LEFT effusion, right lung clear | RIGHT effusion, left lung clear",
        "Rightward shift, leftward tilt of the lung | Leftward shift, rightward tilt of the lung",
        "The patient's left‑sided effusion | The patient's right‑sided effusion",
        "Opacity in the RLL, R/L lung | Opacity in the LLL, L/R lung",
        "RT-PCR positive, left opacity at L1-L2 | RT-PCR positive, right opacity at L1-L2",
        "Rechtsthorakal, aufrecht, recht gut, linker Lunge | Linksthorakal, aufrecht, recht gut, rechter Lunge",
        "DERRAME PLEURAL IZQUIERDO | DERRAME PLEURAL DERECHO",
        "Épanchement pleural droit, base gauche | Épanchement pleural gauche, base droite",
        "D'importants épanchements à gauche | D'importants épanchements à droite",
        "Derrame à esquerda | Derrame à direita",
        "Versamento pleurico sinistro | Versamento pleurico destro",
        "LUNGE RECHTS OHNE ERGUSS, LUFT LINKS | LUNGE LINKS OHNE ERGUSS, LUFT RECHTS",
        "Fractura de D8, base izquierda sin opacidad | Fractura de D8, base derecha sin opacidad",
        "The tube was left in place; left base clear | The tube was left in place; right base clear",
        "Rö-Thorax: Erguss rechts, Lunge links frei | Rö-Thorax: Erguss links, Lunge rechts frei",
        "Erguss re. kaum abgrenzbar | Erguss li. kaum abgrenzbar",
        "Arrow in the right-hand corner of the film | Arrow in the left-hand corner of the film",
        "Der rechte Erguss; the right lung is clear | Der linke Erguss; the left lung is clear"
      })
  void shouldExchangeTheSides(String text, String mirrored) {
    assertThat(sides.mirror(text)).contains(mirrored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No acute disease.",
        "Bright cleft, upright film, copyright; levofloxacin given. Bilateral effusion.",
        "Degenerative change at L1-L2 of the L spine.",
        "The tube was left in place, and the ward was called right away.",
        "The patient left the department. The lungs are clear.",
        "B/L effusions of the lungs, r/o pneumonia. Epigastric pain.",
        "The rights of the patient are noted.",
        "R/O effusion. The lungs are clear.",
        "Kein Erguss beidseits, rechtzeitig und aufrecht."
      })
  void shouldLeaveATextAsItIsThatNamesNoSide(String text) {
    assertThat(sides.mirror(text)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Effusion on the left behind the heart",
        "The patient left with the right film.",
        "The tip is right at the carina.",
        "The chest tube on the left in place",
        "The opacities are all right sided and not left.",
        "Nodule on the right now resolved, left lung clear.",
        "Левосторонний плевральный выпот",
        "左側胸水を認める",
        "LEFT effusion of the lung 左",
        "Lewostronny wysięk opłucnowy",
        "Geen pleuravocht links. Hart niet vergroot. Geen infiltraat in de rechter long.",
        "Vänstersidig pleuravätska",
        "Pleurální výpotek vlevo",
        "Sol plevral efüzyon izlendi",
        "Revărsat pleural stâng",
        "LeFt effusion of the lung",
        "le\u00ADft effusion of the lung",
        "midright opacity of the lung",
        "Seen by J. R. Smithson; effusion of the lung.",
        "The lungs are all right, and so is the heart.",
        "There is no fluid left in the chest.",
        "The study was left unread, the lungs are clear.",
        "Effusion, seen by R. Millerson and by R. MILLERSON, of the lung.",
        "2 L of fluid from the left lung",
        "left effusion of the lung, derrame pleural derech.",
        "Lesion laevo of the lung",
        "The left rll is clear and the right lul is not.",
        "The effusion is at the LHS and the right lung is clear.",
        "There is a RSC line and a left effusion.",
        "The rigth lung is clear and the left lung is not.",
        "Erguss lins basal, rechts nicht.",
        "Pequeño derrame en base isquierda y pulmón derecho",
        "Le poumon gacuhe et droit",
        "Versamento a snistro e base destra",
        "Le lid est condensé, le poumon gauche est libre.",
        "Nel lis e nel polmone destro addensamento."
      })
  void shouldNotMirrorWhatItDoesNotUnderstand(String text) {
    assertThat(sides.mirror(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Opacity in the lingula of the left lung.",
        "Right middle\nlobe opacity in the lung.",
        "RML opacity in the lung.",
        "The stomach bubble is normal.",
        "Prominent aortic knob, left effusion.",
        "The cardiac apex is elevated.",
        "Left ventricular enlargement.",
        "Dextrocardia is present.",
        "Verschattung im Mittellappen der Lunge.",
        "Opacidad en el lóbulo medio.",
        "Opacité du lobe moyen.",
        "Botão aórtico normal.",
        "Addensamento nel lobo medio.",
        "Fluid in the minor fissure, left effusion.",
        "right ij line with its tip in the svc",
        "Opacity of right upper, middle and lower lobes.",
        "The descending aorta is on the left.",
        "Right-sided arch, the left lung is clear.",
        "The ligamentum arteriosum is calcified on the left.",
        "Gas in the sigmoid, the left lung is clear.",
        "Left to right shunt of the heart.",
        "NG tube in place, left effusion.",
        "Fettleber, links kein Erguss.",
        "Rechtsmittellappen verschattet, links kein Erguss.",
        "Aorta descendens, links kein Erguss der Lunge.",
        "Verdickung des horizontalen Lappenspaltes, links kein Erguss.",
        "Engrosamiento de la cisura menor, derrame izquierdo.",
        "Sonda nasogástrica, derrame izquierdo.",
        "Petite scissure épaissie, base gauche claire.",
        "Aorte descendante, épanchement gauche.",
        "Cissura horizontal espessada, derrame à esquerda.",
        "Ducto torácico, derrame à esquerda.",
        "Scissura minore ispessita, versamento a sinistra.",
        "Flessura epatica, versamento a sinistra."
      })
  void shouldNotMirrorWhatOnlyOneSideHas(String text) {
    assertThat(sides.mirror(text)).isEmpty();
  }

  @Test
  void shouldTakeNoSideOfAnyLanguageForAPlainWordOfAnother() {
    List<SideTable> tables =
        Stream.of("common", "en", "de", "es", "fr", "pt", "it").map(SideTable::load).toList();

    List<Spelling> words =
        tables.stream()
            .flatMap(table -> table.everywhere().words().stream())
            .map(Spelling::of)
            .toList();

    assertThat(words).hasSizeGreaterThan(40);
    assertThat(words)
        .noneMatch(word -> tables.stream().anyMatch(table -> table.plain().has(word)))
        .allMatch(
            word -> sides.mirrorName(word.written()).filter(word.written()::equals).isEmpty());
  }

  @Test
  void shouldMirrorANameThatIsTooShortToTellItsLanguage() {
    assertThat(sides.mirrorName("left_effusion")).contains("right_effusion");
    assertThat(sides.mirrorName("L")).contains("R");
    assertThat(sides.mirrorName("Lung Lesion")).contains("Lung Lesion");
    assertThat(sides.mirrorName("lingular opacity")).isEmpty();
  }

  private static String cased(String word, int form) {
    boolean fixed = !word.equals(word.toLowerCase(Locale.ROOT));
    if (fixed || form == 0) {
      return word;
    }
    return form == 1
        ? word.toUpperCase(Locale.ROOT)
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static <T> T pick(List<T> values, CounterRandom random) {
    return values.get(random.nextInt(values.size()));
  }
}
