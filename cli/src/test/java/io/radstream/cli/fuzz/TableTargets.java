package io.radstream.cli.fuzz;

import io.radstream.producers.datasets.DatasetException;
import io.radstream.producers.datasets.DatasetSource;
import io.radstream.producers.datasets.NihChestXray14;
import io.radstream.producers.datasets.OpenI;
import io.radstream.producers.datasets.PublishedDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What published sets are described by.
 *
 * @param folder for them
 */
record TableTargets(Path folder) {

  private static final String NAMES =
      "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position\n";

  private static final String ROWS =
      """
      a.png,Cardiomegaly|Pleural_Thickening,0,CANARY,58,M,PA
      "b.png","No ""Finding",1,CANARY,58,M,AP
      """
          .replace("CANARY", Target.CANARY);

  private static final String REPORT =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <eCitation><uId id="CANARY"/><MedlineCitation><Article><Abstract>
      <AbstractText Label="FINDINGS">CANARY &amp; clear</AbstractText></Abstract></Article></MedlineCitation>
      <MeSH><major>Pleural Effusion/small</major></MeSH><parentImage id="CANARY"/></eCitation>
      """
          .replace("CANARY", Target.CANARY);

  List<Target> all() throws IOException {
    return List.of(table(), boxes(), openI());
  }

  private Target table() throws IOException {
    Path root = nih("table");
    Files.writeString(root.resolve("Data_Entry_2017.csv"), NAMES + ROWS);
    return target("table", root, "Data_Entry_2017.csv", new NihChestXray14(), NAMES + ROWS);
  }

  private Target boxes() throws IOException {
    Path root = nih("boxes");
    Files.writeString(root.resolve("Data_Entry_2017.csv"), NAMES + ROWS);
    return target(
        "table-boxes",
        root,
        "BBox_List_2017.csv",
        new NihChestXray14(),
        "Image Index,Finding Label,Bbox [x,y,w,h],,,\na.png,Infiltrate,225.08,547.5,86.25,79.5\n");
  }

  private Path nih(String name) throws IOException {
    Path root = Files.createDirectories(folder.resolve(name));
    Files.writeString(root.resolve("train_val_list.txt"), "a.png\n");
    Files.writeString(root.resolve("test_list.txt"), "b.png\n");
    return root;
  }

  private Target openI() throws IOException {
    Path root = Files.createDirectories(folder.resolve("openi"));
    Files.createDirectories(root.resolve("ecgen-radiology"));
    return target("openi", root, "ecgen-radiology/1.xml", new OpenI(), REPORT);
  }

  private static Target target(
      String name, Path root, String file, PublishedDataset dataset, String seed) {
    return Target.of(
        name,
        List.of(Json.bytes(seed)),
        List.of(
            "\"",
            ",",
            "\n",
            "\r",
            "\uFEFF",
            "\0",
            "NaN",
            "1e999",
            "<",
            ">",
            "<!DOCTYPE a [",
            "<!ENTITY a SYSTEM \"file:///etc/passwd\">",
            "&a;",
            "&#0;",
            "]]>",
            "<![CDATA["),
        Set.of(DatasetException.class),
        input -> {
          Files.write(root.resolve(file), input);
          try (DatasetSource source =
              DatasetSource.open(dataset, root, DatasetSource.Selection.ALL)) {
            source.items().forEach(item -> {});
          }
          return "";
        });
  }
}
