package io.radstream.deidentification.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.deidentification.keys.DateShift;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A study's own names in the scripts and writings that differ from the header's. */
class OwnNamesTest {

  private static final DatePolicy SHIFT = new DatePolicy.Shift(new DateShift(365), false);

  private final TextScrubber scrubber = new TextScrubber(SiteList.EMPTY);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "홍^길동|Patient 홍길동 stable. 홍길동은|Patient XXXX stable. XXXX은",
        "Wang^XiaoMing=王^小明=|王小明 has effusion. 王小明患者, 王先生|XXXX has effusion. XXXX患者, XXXX先生",
        "Yamada^Tarou=山田^太郎=やまだ^たろう|山田太郎 様。山田さん|XXXX 様。XXXXさん",
        "Doe^John^Q|JDOE notified, J.Q.D. agrees|XXXX notified, XXXX agrees",
        "Smith^Jane|JSMITH; smithj01; JaneSmith; SmithJane|XXXX; XXXX; XXXX; XXXX",
        "Smith^Jane|by jsmith, a smithy stays|by XXXX, a smithy stays",
        "Hodgkin^Thomas;Swan^Peter|Mr Hodgkin. Swan-Ganz catheter.|Mr XXXX. Swan-Ganz catheter.",
        "Light^Sarah|slight change|slight change",
        "Mall^Sue|a small nodule|a small nodule",
        "de Souza^João|Joao d'Souza; DeSouza; D'SOUZA|XXXX; XXXX; XXXX",
        "MacDonald^Ian|Mc Donald; McDonald; Mac Donald|XXXX; XXXX; XXXX",
        "Müller^Hans|Müllerschen Befund; Hansens Bild|XXXX Befund; XXXX Bild",
        "Иванов^Иван|Пациент Иванов; Иванова; Ивановым|Пациент XXXX; XXXX; XXXX",
        "Иванова^Анна|Ивановой и Иванову|XXXX и XXXX",
        "van der Velden^Piet|VanderVelden; Vandervelden; VANDERVELDEN; v.d. Velden|XXXX; XXXX; XXXX; XXXX",
        "de la Torre^Ana|Delatorre; DeLaTorre; V. de la Torre|XXXX; XXXX; V. XXXX",
        "van den Broek^Jo|Patient v. d. Broek came|Patient XXXX came",
        "Nørgård^Åse|Norgaard; Noergaard; Norgard; NOERGAARD; Aase|XXXX; XXXX; XXXX; XXXX; XXXX",
        "Noergaard^Per|Nørgård; Nørgaard; Norgaard|XXXX; XXXX; XXXX",
        "Đurđević^Þóra|Djurdjevic; Durdevic; Thora|XXXX; XXXX; XXXX",
        "Strauß^Ida|Strauss; Strausz; STRAUSS|XXXX; XXXX; XXXX",
        "Zielinska^Ewa|Ｚｉｅｌｉｎｓｋａ; Zieli\u0144ska; Zi\u0435linska|XXXX; XXXX; XXXX",
        "Mazurek^Ewa|Mazur\u0435k and M\u0430zurek|XXXX and XXXX",
        "Zielinski^Jan|Zielin- ski came|XXXX came",
        "Zielinski^Jan|Pan Zielinskiego; Zielinskiemu; Zielinska. zielinskich|Pan XXXX; XXXX; XXXX. XXXX",
        "Mazurek^Ewa|Mazurkowa seen by Mazurka; Mazurekowi|Mazurkowa seen by XXXX; XXXX",
        "Novotny^Petr|Novotneho; Novotna|XXXX; XXXX",
        "Zielinski^Jan|xyZielinskiQ; FOOZIELINSKIBAR; fooZielinski|XXXX; XXXX; XXXX",
        "Yıldız^Ayla|Hasta Yıldız'ın filmi; Ayla'nin; YILDIZ'DA|Hasta XXXX filmi; XXXX; XXXX",
        "박^영희;高橋^健;周^小明|박 영희; 高橋 健; 周 小明|XXXX; XXXX; XXXX",
        "Lam^Ka-Wai|Kawai came, KAWAI|XXXX came, XXXX",
        "Long^Al;White^Bo|Young patient. Long line. Stable patient. White lung.|Young patient. Long line. Stable patient. White lung.",
        "Norman^Al|Normal heart. Normally, the norm. Normalized|Normal heart. Normally, the norm. Normalized",
        "Vision^Al;Stance^Bo|A division; resistance of a substance|A division; resistance of a substance"
      })
  void shouldTakeOutTheStudysOwnNames(String header, String text, String expected) {
    Identifiers known = new Identifiers(Set.of(header.split(";", -1)), Set.of(), Set.of());

    assertThat(scrubber.scrub(text, known, SHIFT).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Zielin-\nski came", "Zielin-\r\n   ski came"})
  void shouldTakeOutANameBrokenAtTheEndOfALine(String text) {
    Identifiers known = new Identifiers(Set.of("Zielinski^Jan"), Set.of(), Set.of());

    String scrubbed = scrubber.scrub(text, known, SHIFT).text();

    assertThat(scrubbed).startsWith("XXXX").endsWith(" came").doesNotContain("Zielin", "ski");
  }
}
