package io.radstream.producers.datasets;

import io.radstream.schemas.Projection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Shenzhen Hospital set of the NLM: tuberculosis or not; each picture is a study. The clinical
 * readings are not sent as reports: most are the single word "normal".
 */
public final class ShenzhenTb extends PublishedDataset {

  private static final PublishedCounts PUBLISHED =
      new PublishedCounts(662, 662, PublishedCounts.UNSTATED);

  private static final String ORIGIN =
      "the Shenzhen Hospital set of the NLM (lhncbc.nlm.nih.gov, Tuberculosis Chest X-ray Image"
          + " Data Sets)";
  private static final Pattern NAME = Pattern.compile("CHNCXR_(\\d{1,9})_([01])\\.png");

  @Override
  public String name() {
    return "shenzhen-tb";
  }

  @Override
  Catalogue read(DatasetDirectory directory) throws IOException {
    StudyList studies = new StudyList();
    for (String name : directory.list("CXR_png", ".png")) {
      Matcher parts = NAME.matcher(name);
      if (parts.matches()) {
        // The set does not say which pictures are one patient's.
        StudyList.Entry entry =
            studies
                .of(parts.group(1), parts.group(1))
                .view(new ListedView("CXR_png/" + name, Projection.PA));
        studies.label(entry, Map.of("tuberculosis", parts.group(2).equals("1") ? 1.0 : 0.0));
      }
    }
    if (studies.entries().isEmpty()) {
      throw new DatasetException(
          "CXR_png/CHNCXR_0001_0.png and so on are missing in %s; they come with %s"
              .formatted(directory.root(), ORIGIN));
    }
    return studies.catalogue(PUBLISHED, new PictureFiles(List.of(directory), List::of), List.of());
  }
}
