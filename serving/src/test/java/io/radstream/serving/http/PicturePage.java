package io.radstream.serving.http;

import java.io.IOException;
import java.nio.file.Path;

/** The page of a {@link PictureService} in a Chromium, and what its canvas shows. */
final class PicturePage implements AutoCloseable {

  static final String LABEL = "document.querySelector('#canvas').getAttribute('aria-label')";

  final Chromium chromium;
  private final PictureService service;

  private PicturePage(Chromium chromium, PictureService service) {
    this.chromium = chromium;
    this.service = service;
  }

  /**
   * @param store an empty folder for the service
   */
  static PicturePage start(Chromium chromium, Path store) throws IOException {
    return new PicturePage(chromium, PictureService.open(store, RunningApi.OPEN));
  }

  ChromiumTab open() {
    ChromiumTab tab = chromium.open("http://127.0.0.1:" + service.running.port() + "/", 1280, 900);
    tab.await("document.querySelector('#connection').dataset.state === 'live'");
    return tab;
  }

  /** A study that was scored and explained, its first view on the screen. */
  ChromiumTab explained(Path... views) {
    ChromiumTab tab = open();
    tab.drop("#drop", views);
    tab.await("!document.querySelector('#legend').hidden");
    tab.await(brightness() + " > 5");
    return tab;
  }

  /** Of the canvas, on average, 0 to 255; as an expression. */
  static String brightness() {
    return pixels("sum + data[i] / (data.length / 4)");
  }

  /** How many pixels have a colour; as an expression. */
  static String coloured() {
    return pixels("sum + (Math.abs(data[i] - data[i + 2]) > 12 ? 1 : 0)");
  }

  /** How many pixels are of the lines around regions; as an expression. */
  static String marked() {
    return pixels("sum + (data[i + 2] > 200 && data[i] < 120 ? 1 : 0)");
  }

  private static String pixels(String added) {
    return """
        (canvas => {
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let sum = 0;
          for (let i = 0; i < data.length; i += 4) sum = %s;
          return sum;
        })(document.querySelector('#canvas'))"""
        .formatted(added);
  }

  @Override
  public void close() {
    service.close();
  }
}
