package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CovidImageCollectionTest {

  private static final String HEADER =
      "patientid,offset,sex,age,finding,RT_PCR_positive,survival,intubated,intubation_present,"
          + "went_icu,in_icu,needed_supplemental_O2,extubated,temperature,pO2_saturation,"
          + "leukocyte_count,neutrophil_count,lymphocyte_count,view,modality,date,location,folder,"
          + "filename,doi,url,license,clinical_notes,other_notes,";

  @TempDir private Path root;

  @Test
  void shouldMakeStudiesOfThePicturesOfADay() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .text(
                "metadata.csv",
                HEADER,
                row(
                    "13",
                    "4",
                    "Pneumonia/Viral/COVID-19",
                    "PA",
                    "X-ray",
                    "a-PA.jpeg",
                    "\"Fever, cough.\""),
                row(
                    "13",
                    "4",
                    "Pneumonia/Viral/COVID-19",
                    "L",
                    "X-ray",
                    "a-L.jpeg",
                    "\"Fever, cough.\""),
                row("13", "4", "Pneumonia/Viral/COVID-19", "Axial", "CT", "a.nii.gz", "CT."),
                row("13", "7", "No Finding", "AP Supine", "X-ray", "b.png", "Better."),
                row("14", "", "todo", "AP", "X-ray", "c.png", ""))
            .picture("images/a-PA.jpeg", 60)
            .picture("images/a-L.jpeg", 61);

    List<StudyPart> parts = tree.parts(new CovidImageCollection());

    assertThat(parts).hasSize(3);
    assertThat(DatasetTree.report(parts.get(0))).isEqualTo("Fever, cough.");
    assertThat(parts.get(0).views())
        .extracting(RawView::projection)
        .containsExactly(Projection.PA, Projection.LATERAL);
    assertThat(parts.get(0).views()).extracting(DatasetTree::width).containsExactly(60, 61);
    assertThat(parts.get(0).labels())
        .isEqualTo(Map.of("pneumonia", 1.0, "viral", 1.0, "covid-19", 1.0, "bacterial", 0.0));
    assertThat(parts.get(1).labels()).isEqualTo(Map.of("no finding", 1.0, "covid-19", 0.0));
    assertThat(parts.get(1).views().get(0).projection()).isEqualTo(Projection.AP);
    assertThat(parts.get(2).labels()).isEmpty();
    assertThat(parts.get(2).report()).isEmpty();
    assertThat(parts).extracting(StudyPart::study).doesNotHaveDuplicates();
  }

  /** The two tasks of the paper. */
  @Test
  void shouldTellCovid19FromTheRestAndViralFromBacterial() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .text(
                "metadata.csv",
                HEADER,
                row("1", "0", "Pneumonia/Bacterial/Streptococcus", "PA", "X-ray", "a.png", ""),
                row("2", "0", "Pneumonia/Viral/SARS", "PA", "X-ray", "b.png", ""),
                row("3", "0", "Tuberculosis", "PA", "X-ray", "c.png", ""),
                row("4", "0", "Pneumonia", "PA", "X-ray", "d.png", ""),
                row("5", "0", "Unknown", "PA", "X-ray", "e.png", ""));

    List<StudyPart> parts = tree.parts(new CovidImageCollection());

    assertThat(parts)
        .extracting(
            part -> part.labels().get("covid-19"),
            part -> part.labels().get("viral"),
            part -> part.labels().get("bacterial"))
        .containsExactly(
            tuple(0.0, 0.0, 1.0),
            tuple(0.0, 1.0, 0.0),
            tuple(0.0, null, null),
            tuple(null, null, null),
            tuple(null, null, null));
  }

  private static String row(
      String patient,
      String offset,
      String finding,
      String view,
      String modality,
      String file,
      String notes) {
    return patient
        + ","
        + offset
        + ",M,35,"
        + finding
        + ",Y,Y,N,N,N,N,N,,,,,,,"
        + view
        + ","
        + modality
        + ",2020,Somewhere,images,"
        + file
        + ",10.1/x,https://example.org/x,CC BY,"
        + notes
        + ",,";
  }
}
