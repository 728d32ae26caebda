package io.radstream.model.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a PyTorch that is brought along wants of the system and does not find. DJL says no more than
 * that it cannot be loaded.
 */
final class MissingLibrary {

  /** As the system's loader names it. */
  private static final Pattern NAME =
      Pattern.compile("(\\S+): cannot open shared object file: No such file");

  private MissingLibrary() {}

  /**
   * What to tell instead of a failure to load the engine; empty where no library was missing.
   *
   * @param path where the libraries are that were to be loaded
   */
  static Optional<IllegalStateException> of(Throwable failure, String path) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .map(cause -> NAME.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .findFirst()
        .map(found -> new IllegalStateException(text(found.group(1), path), failure));
  }

  private static String text(String library, String path) {
    return ("the PyTorch in %s cannot be loaded: %s is missing. A CUDA build takes CUDA 12 (with"
            + " cuBLAS, cuFFT, cuRAND, cuSOLVER, cuSPARSE, cuFile and CUPTI) and cuDNN 9 from the"
            + " system; install them, and name their folders in LD_LIBRARY_PATH where the system"
            + " does not look. With an empty PYTORCH_LIBRARY_PATH the launcher takes the PyTorch"
            + " for a CPU")
        .formatted(path, library);
  }
}
