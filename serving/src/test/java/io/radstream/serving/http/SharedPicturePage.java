package io.radstream.serving.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one {@link PicturePage}, which is started once for all classes that ask for it, as a
 * browser and a network take seconds to start. Where there is no Chromium they are skipped.
 */
final class SharedPicturePage implements ExecutionCondition, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(SharedPicturePage.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Chromium.installed().isPresent()
        ? ConditionEvaluationResult.enabled("a Chromium is installed")
        : ConditionEvaluationResult.disabled(
            "no Chromium is installed; install one, or name it in CHROME");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PicturePage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The store closes it at the end of all tests.
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(PicturePage.class, type -> start(), PicturePage.class);
  }

  private static PicturePage start() {
    try {
      // Left behind, as Chromium goes on writing for a moment when it has ended.
      Path folder = Files.createTempDirectory("picture-page");
      return PicturePage.start(
          folder.resolve("profile"), Files.createDirectory(folder.resolve("store")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
