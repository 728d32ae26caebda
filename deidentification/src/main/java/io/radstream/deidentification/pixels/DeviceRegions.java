package io.radstream.deidentification.pixels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where known devices write on their pictures, by the table {@code devices.tsv}. */
final class DeviceRegions {

  private static final String ANY = "-";

  private record Device(
      String modality,
      String maker,
      String model,
      String rows,
      String columns,
      List<Region> regions) {

    boolean fits(Origin origin, int width, int height) {
      return (modality.equals(ANY) || modality.equalsIgnoreCase(origin.modality().strip()))
          && within(maker, origin.manufacturer())
          && within(model, origin.model())
          && is(rows, height)
          && is(columns, width);
    }

    private static boolean within(String part, String name) {
      return part.equals(ANY) || name.toUpperCase(Locale.ROOT).contains(part);
    }

    private static boolean is(String wanted, int size) {
      return wanted.equals(ANY) || Integer.parseInt(wanted) == size;
    }
  }

  private final List<Device> devices;

  private DeviceRegions(List<Device> devices) {
    this.devices = devices;
  }

  static DeviceRegions read() {
    InputStream stream = DeviceRegions.class.getResourceAsStream("devices.tsv");
    if (stream == null) {
      throw new IllegalStateException("the resource devices.tsv is missing");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return new DeviceRegions(
          reader.lines().filter(line -> !line.startsWith("#")).map(DeviceRegions::device).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource devices.tsv", e);
    }
  }

  private static Device device(String line) {
    String[] cells = line.split("\t", -1);
    List<Region> regions =
        Arrays.stream(cells[5].split(" ", -1)).map(DeviceRegions::region).toList();
    return new Device(cells[0], cells[1], cells[2], cells[3], cells[4], regions);
  }

  private static Region region(String text) {
    int[] sides = Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    return new Region(sides[0], sides[1], sides[2], sides[3]);
  }

  /** Of a picture of this size; empty where its device is not known. */
  List<Region> of(Origin origin, int width, int height) {
    return devices.stream()
        .filter(device -> device.fits(origin, width, height))
        .flatMap(device -> device.regions().stream())
        .toList();
  }
}
