package io.radstream.producers.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.schemas.Projection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewNamesTest {

  @ParameterizedTest
  @CsvSource({
    "PA, PA",
    "pa erect, PA",
    "AP, AP",
    "AP Supine, AP",
    "AP_Erect, AP",
    "L, LATERAL",
    "Lateral, LATERAL",
    "Left-Lateral, LATERAL",
    "'', UNKNOWN",
    "?, UNKNOWN",
    "Axial, OTHER",
    "PANORAMIC, OTHER"
  })
  void shouldKnowAProjectionByItsManyNames(String name, Projection projection) {
    assertThat(ViewNames.projection(name)).isEqualTo(projection);
  }
}
