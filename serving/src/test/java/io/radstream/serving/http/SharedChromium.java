package io.radstream.serving.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one {@link Chromium}, and one {@link PicturePage} in it, each started once for all
 * classes that ask for it, as a browser and a network take seconds to start. Tabs are closed behind
 * each test. Where there is no Chromium the tests are skipped.
 */
final class SharedChromium implements ExecutionCondition, ParameterResolver, AfterEachCallback {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Namespace NAMESPACE = Namespace.create(SharedChromium.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Chromium.installed().isPresent()
        ? ConditionEvaluationResult.enabled("a Chromium is installed")
        : ConditionEvaluationResult.disabled(
            "no Chromium is installed; install one, or name it in CHROME");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Chromium.class || type == PicturePage.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Chromium chromium = chromium(context);
    return parameter.getParameter().getType() == Chromium.class
        ? chromium
        : store(context)
            .getOrComputeIfAbsent(PicturePage.class, type -> page(chromium), PicturePage.class);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    chromium(context).closeTabs();
  }

  private static Chromium chromium(ExtensionContext context) {
    return store(context).getOrComputeIfAbsent(Chromium.class, type -> browser(), Chromium.class);
  }

  /** It closes what it has at the end of all tests, the newest first. */
  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
  }

  private static Chromium browser() {
    try {
      return new Chromium(Chromium.installed().orElseThrow(), PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PicturePage page(Chromium chromium) {
    try {
      Path store = Files.createTempDirectory("picture-page");
      return PicturePage.start(chromium, store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
