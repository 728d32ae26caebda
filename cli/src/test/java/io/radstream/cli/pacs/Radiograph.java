package io.radstream.cli.pacs;

import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomStudy;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Projection;
import java.util.ArrayList;
import java.util.List;

/**
 * A phantom as a modality would send it.
 *
 * @param photometric MONOCHROME1 in each third study
 * @param date of the study, as 20260302
 */
record Radiograph(
    String patient,
    String accession,
    String study,
    String instance,
    String position,
    String photometric,
    String date,
    GrayImage image) {

  private static final int SIDE = 256;

  static List<Radiograph> ofPhantoms(int studies, String date) {
    PhantomGenerator generator = new PhantomGenerator(SIDE, PhantomGenerator.MAX_VIEWS);
    List<Radiograph> all = new ArrayList<>();
    for (int i = 0; i < studies; i++) {
      PhantomStudy phantom = generator.study(7, i);
      String uid = "1.2.826.0.1.3680043.10.1." + (i + 1);
      for (int view = 0; view < phantom.views().size(); view++) {
        boolean lateral = phantom.views().get(view).projection() == Projection.LATERAL;
        all.add(
            new Radiograph(
                "PAT" + phantom.patient(),
                "ACC" + i,
                uid,
                uid + "." + (view + 1),
                lateral ? "LL" : "PA",
                i % 3 == 0 ? "MONOCHROME1" : "MONOCHROME2",
                date,
                phantom.views().get(view).image()));
      }
    }
    return all;
  }
}
