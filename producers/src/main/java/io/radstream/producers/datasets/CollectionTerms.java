package io.radstream.producers.datasets;

import java.util.Map;
import java.util.Optional;

/**
 * On which terms the makers of public collections give them away, in a few words: which licence or
 * agreement is to be read, not what it says.
 */
public final class CollectionTerms {

  private static final String PHANTOMS = "synthetic";

  private static final Map<String, String> BY_SOURCE =
      Map.of(
          "mimic-cxr-jpg",
          "PhysioNet Credentialed Health Data License: credentialed users, training, signed agreement; not to be shared",
          "openi",
          "CC BY-NC-ND 4.0, as each file says",
          "padchest",
          "research use agreement of BIMCV",
          "chexpert-plus",
          "Stanford University Dataset Research Use Agreement",
          "covid-idc",
          "of each picture its own (`license`); the table CC BY-NC-SA 4.0",
          "nih-chestxray14",
          "free to use; the NIH Clinical Center is to be named and the paper cited",
          "vinbigdata",
          "PhysioNet Credentialed Health Data License; on Kaggle the rules of the competition",
          "shenzhen-tb",
          "free for research; the paper is to be cited");

  private CollectionTerms() {}

  /**
   * @param source as studies name it; phantoms have that of their hospital behind a dash
   * @return empty where it is none of the collections that Radstream knows, nor phantoms
   */
  public static Optional<String> of(String source) {
    return source.equals(PHANTOMS) || source.startsWith(PHANTOMS + "-")
        ? Optional.of("none: drawn by Radstream, of no patients")
        : Optional.ofNullable(BY_SOURCE.get(source));
  }
}
