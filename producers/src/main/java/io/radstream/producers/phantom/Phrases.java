package io.radstream.producers.phantom;

import io.radstream.producers.phantom.Abnormality.Effusion;
import io.radstream.producers.phantom.Abnormality.Nodule;
import io.radstream.producers.phantom.Abnormality.Opacity;
import io.radstream.producers.phantom.Abnormality.Pneumothorax;
import java.util.List;
import java.util.stream.Stream;

/** The many ways in which radiologists say the same; one of each list is taken. */
final class Phrases {

  static final List<String> NORMAL_IMPRESSION =
      List.of(
          "No acute cardiopulmonary abnormality.",
          "Normal chest radiograph.",
          "No acute cardiopulmonary process.",
          "Normal examination of the chest.",
          "No radiographic evidence of acute disease.");

  static final List<String> NO_FLUID_NO_AIR =
      List.of(
          "There is no pleural effusion or pneumothorax.",
          "No pleural effusion or pneumothorax.",
          "No pneumothorax or pleural effusion is seen.");

  static final List<String> CLEAR_LUNGS =
      List.of("The lungs are clear.", "Both lungs are clear.", "Lungs are clear bilaterally.");

  private static final List<String> ENLARGED_HEART =
      List.of(
          "The heart is enlarged.",
          "Cardiomegaly is present.",
          "There is cardiomegaly.",
          "The cardiac silhouette is enlarged.",
          "Enlarged cardiac silhouette.",
          "Heart size is increased.");

  private Phrases() {}

  /** A whole sentence for the findings; every one states side, extent and zone where they apply. */
  static List<String> statement(Abnormality abnormality) {
    if (abnormality instanceof Effusion it) {
      return effusion(it);
    } else if (abnormality instanceof Pneumothorax it) {
      return pneumothorax(new Words(it.side().word(), it.extent().word(), ""));
    } else if (abnormality instanceof Opacity it) {
      return opacity(new Words(it.side().word(), "", it.zone().word()));
    } else if (abnormality instanceof Nodule it) {
      return nodule(new Words(it.side().word(), "", it.zone().word()));
    }
    return ENLARGED_HEART;
  }

  /** A few words for the impression, with the same content. */
  static List<String> summary(Abnormality abnormality) {
    if (abnormality instanceof Effusion it) {
      Words words = new Words(it.side().word(), it.extent().word(), "");
      return it.side() == Side.BILATERAL
          ? words.in("{size} bilateral pleural effusions", "bilateral {size} effusions")
          : words.in("{size} {side} pleural effusion", "{side} {size} effusion");
    } else if (abnormality instanceof Pneumothorax it) {
      return new Words(it.side().word(), it.extent().word(), "")
          .in("{size} {side} pneumothorax", "{side} {size} pneumothorax");
    } else if (abnormality instanceof Opacity it) {
      return new Words(it.side().word(), "", it.zone().word())
          .in("{side} {zone} lung opacity", "{side} {zone} zone opacity");
    } else if (abnormality instanceof Nodule it) {
      return new Words(it.side().word(), "", it.zone().word())
          .in("{side} {zone} lung nodule", "{side} {zone} zone pulmonary nodule");
    }
    return List.of("cardiomegaly", "enlarged heart");
  }

  /** What is said of a finding that is not there. */
  static List<String> absence(Finding finding) {
    return switch (finding) {
      case EFFUSION ->
          List.of("No pleural effusion.", "There is no pleural effusion.", "No effusion is seen.");
      case PNEUMOTHORAX ->
          List.of("No pneumothorax.", "There is no pneumothorax.", "No evidence of pneumothorax.");
      case CARDIOMEGALY ->
          List.of(
              "Heart size is normal.",
              "The heart is normal in size.",
              "The cardiomediastinal silhouette is within normal limits.",
              "Normal heart size.");
      case OPACITY ->
          List.of("No focal opacity.", "No focal consolidation.", "There is no airspace opacity.");
      case NODULE ->
          List.of("No pulmonary nodule.", "No nodule is seen.", "There is no suspicious nodule.");
      case NORMAL -> List.of();
    };
  }

  private static List<String> effusion(Effusion effusion) {
    Words words = new Words(effusion.side().word(), effusion.extent().word(), "");
    if (effusion.side() == Side.BILATERAL) {
      return words.in(
          "There are {size} bilateral pleural effusions.",
          "{Size} bilateral pleural effusions.",
          "Bilateral pleural effusions, {size} in size.");
    }
    if (effusion.extent() == Extent.SMALL) {
      return words.in(
          "There is a small {side} pleural effusion.",
          "Small {side} pleural effusion.",
          "Blunting of the {side} costophrenic angle, consistent with a small effusion.",
          "The {side} costophrenic angle is blunted by a small pleural effusion.");
    }
    return words.in(
        "There is a {size} {side} pleural effusion.",
        "A {size} pleural effusion is seen on the {side}.",
        "The {side} lung base is opacified by a {size} pleural effusion.",
        "Layering fluid on the {side}, in keeping with a {size} effusion.");
  }

  private static List<String> pneumothorax(Words words) {
    return words.in(
        "There is a {size} {side} pneumothorax.",
        "A {size} pneumothorax is present on the {side}.",
        "{Size} {side} pneumothorax with a visible pleural line.",
        "{Side} apical pneumothorax, {size} in size.");
  }

  private static List<String> opacity(Words words) {
    return words.in(
        "There is a hazy opacity in the {side} {zone} lung.",
        "Patchy airspace opacity in the {side} {zone} zone.",
        "Focal consolidation is seen in the {side} {zone} lung zone.",
        "{Side} {zone} lung opacity.");
  }

  private static List<String> nodule(Words words) {
    return words.in(
        "There is a nodule in the {side} {zone} lung.",
        "A small round nodule projects over the {side} {zone} zone.",
        "Solitary pulmonary nodule in the {side} {zone} lung zone.",
        "{Side} {zone} lung nodule.");
  }

  /** What the templates leave open; empty where a kind of finding has no such word. */
  private record Words(String side, String size, String zone) {

    List<String> in(String... templates) {
      return Stream.of(templates).map(this::in).toList();
    }

    private String in(String template) {
      String filled =
          template.replace("{side}", side).replace("{size}", size).replace("{zone}", zone);
      return filled.startsWith("{Side}")
          ? filled.replace("{Side}", capital(side))
          : filled.replace("{Size}", size.isEmpty() ? size : capital(size));
    }
  }

  static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
