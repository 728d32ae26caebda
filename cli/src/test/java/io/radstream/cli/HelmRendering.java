package io.radstream.cli;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Helm, as a library, in a process of its own: it is written in Go, whose runtime is not to share a
 * process with PyTorch's.
 */
final class HelmRendering {

  private HelmRendering() {}

  /**
   * Lints a chart and renders it, into files that are named after the rendering.
   *
   * @param arguments the chart, where files go, and renderings: a name, and values behind it, with
   *     commas between
   */
  public static void main(String[] arguments) throws IOException {
    Path chart = Path.of(arguments[0]);
    Path out = Path.of(arguments[1]);
    LintResult lint = new Helm(chart).lint().strict().call();
    Files.writeString(
        out.resolve("lint"), (lint.isFailed() ? "failed " : "passed ") + lint.getMessages());
    for (int index = 2; index < arguments.length; index++) {
      String[] words = arguments[index].split(",", -1);
      render(chart, words, out);
    }
  }

  private static void render(Path chart, String[] words, Path out) throws IOException {
    // Of a cluster there is none to ask.
    TemplateCommand template =
        new Helm(chart).template().withName("radstream").withKubeVersion("1.31.0");
    for (int word = 1; word < words.length; word++) {
      String[] value = words[word].split("=", 2);
      template.set(value[0], value[1]);
    }
    try {
      Files.writeString(out.resolve(words[0]), template.call());
    } catch (IllegalStateException e) {
      Files.writeString(out.resolve(words[0]), "refused: " + e.getMessage());
    }
  }
}
