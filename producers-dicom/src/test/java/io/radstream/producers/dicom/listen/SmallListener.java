package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.listen.Scu.Proposal;
import java.util.List;

/** Sends a data set that inflates to 100 MB, and one more, and prints how they are answered. */
final class SmallListener {

  private SmallListener() {}

  public static void main(String[] arguments) {
    try (Running running = new Running(HeldSink.acknowledging());
        Scu scu = Scu.connect(running.port())) {
      scu.associate(
          Scu.request(
              "RADSTREAM",
              "SCU",
              -1,
              List.of(
                  new Proposal(
                      Scu.STORE_CONTEXT, ChestImage.DIGITAL_XRAY, List.of(DicomWriter.DEFLATED)))));
      scu.store(1, "1.2.7", DicomWriter.deflatedZeros(100));
      print(scu);
      scu.store(2, "1.2.8", DicomWriter.deflated(ChestImage.of("1.2.8", "A1").dataSet()));
      print(scu);
    }
  }

  private static void print(Scu scu) {
    System.out.printf("status %04X%n", scu.readResponse().status());
  }
}
