package io.radstream.cli.pacs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Figures of a command, as Prometheus would ask for them. */
final class Scrape {

  private Scrape() {}

  /** The sum over all labels; 0 while nobody answers. */
  static double of(int port, String metric) {
    URI address = URI.create("http://127.0.0.1:%d/metrics".formatted(port));
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(metric))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
