package io.radstream.producers.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.datasets.DatasetSource.Selection;
import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenITest {

  @TempDir private Path root;

  @Test
  void shouldReadReportsPicturesProjectionsAndTerms() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .text(
                "ecgen-radiology/1.xml",
                report(
                    "CXR1",
                    "None.",
                    "Small effusion.",
                    "Effusion.",
                    "Pleural Effusion/small",
                    "CXR1_1_IM-0001-3001",
                    "CXR1_1_IM-0001-4001"))
            .text(
                "ecgen-radiology/2.xml",
                report("CXR2", "", "Clear.", "", "normal", "CXR2_IM-0652-1001"))
            .text(
                "indiana_projections.csv",
                "uid,filename,projection",
                "1,1_IM-0001-4001.dcm.png,Frontal",
                "1,1_IM-0001-3001.dcm.png,Lateral")
            .picture("NLMCXR_png/CXR1_1_IM-0001-3001.png", 50)
            .picture("NLMCXR_png/CXR1_1_IM-0001-4001.png", 51)
            .picture("NLMCXR_png/CXR2_IM-0652-1001.png", 52);

    List<StudyPart> parts = tree.parts(new OpenI());

    StudyPart first = parts.get(0);
    assertThat(first.study()).isEqualTo("openi/CXR1");
    assertThat(DatasetTree.report(first))
        .isEqualTo(
            """
            COMPARISON: None.
            INDICATION: Cough & <b>.
            FINDINGS: Small effusion.
            IMPRESSION: Effusion.
            """);
    assertThat(first.views())
        .extracting(RawView::projection)
        .containsExactly(Projection.LATERAL, Projection.UNKNOWN);
    assertThat(first.views()).extracting(DatasetTree::width).containsExactly(50, 51);
    assertThat(first.labels())
        .containsEntry("pleural effusion", 1.0)
        .containsEntry("normal", 0.0)
        .hasSize(2);
    assertThat(parts.get(1).labels()).containsEntry("normal", 1.0);
  }

  @Test
  void shouldCallWhatIsFoundInAPlaceByBoth() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .text(
                "ecgen-radiology/1.xml",
                report("CXR1", "", "a", "b", "Aorta/tortuous/mild", "CXR1_a"))
            .text("ecgen-radiology/2.xml", report("CXR2", "", "a", "b", "No Indexing", "CXR2_a"));

    List<StudyPart> parts = tree.parts(new OpenI());

    assertThat(parts.get(0).labels()).containsOnlyKeys("aorta tortuous");
    assertThat(parts.get(1).labels()).isEmpty();
  }

  @Test
  void shouldRefuseAReportWithoutPictures() throws IOException {
    DatasetTree tree =
        new DatasetTree(root).text("ecgen-radiology/1.xml", report("CXR1", "", "a", "b", "normal"));

    SourceItem item = tree.items(new OpenI(), Selection.ALL).get(0);

    assertThat(((SourceItem.Refused) item).reason()).isEqualTo(RejectionReason.NO_VIEW);
  }

  @Test
  void shouldNotUnfoldEntities() throws IOException {
    DatasetTree tree =
        new DatasetTree(root)
            .text(
                "ecgen-radiology/1.xml",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                "<eCitation><uId id=\"CXR1\"/><AbstractText Label=\"FINDINGS\">&e;</AbstractText>"
                    + "</eCitation>");

    assertThatThrownBy(() -> tree.parts(new OpenI()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("1.xml")
        .hasMessageContaining("not the XML of a report");
  }

  @Test
  void shouldNameWhatIsMissing() throws IOException {
    DatasetTree tree = new DatasetTree(root);

    assertThatThrownBy(() -> tree.parts(new OpenI()))
        .hasMessageContainingAll("ecgen-radiology", "NLMCXR_reports.tgz", "openi.nlm.nih.gov");
    tree.text("ecgen-radiology/1.xml", report("CXR1", "", "a", "b", "normal", "CXR1_a"));
    assertThat(tree.deviations(new OpenI()))
        .anyMatch(it -> it.contains("indiana_projections.csv"))
        .anyMatch(it -> it.contains("1 images found, 7,470 expected"));
  }

  private static String report(
      String id,
      String comparison,
      String findings,
      String impression,
      String term,
      String... images) {
    StringBuilder xml =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <eCitation>
               <meta type="rr"/>
               <uId id="%s"/>
               <MedlineCitation Owner="Indiana University" Status="supplied by publisher">
                  <Article PubModel="Electronic">
                     <Abstract>
                        <AbstractText Label="COMPARISON">%s</AbstractText>
                        <AbstractText Label="INDICATION">Cough &amp; &lt;b&gt;.</AbstractText>
                        <AbstractText Label="FINDINGS">%s</AbstractText>
                        <AbstractText Label="IMPRESSION">%s</AbstractText>
                     </Abstract>
                  </Article>
               </MedlineCitation>
               <MeSH>
                  <major>%s</major>
               </MeSH>
            """
                .formatted(id, comparison, findings, impression, term));
    for (String image : images) {
      xml.append(
          "   <parentImage id=\"%s\"><caption>PA</caption></parentImage>\n".formatted(image));
    }
    return xml.append("</eCitation>").toString();
  }
}
