package io.radstream.producers.phantom;

import io.radstream.radiology.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what was drawn as a free-text report: wording, order and headings vary, content never. */
final class ReportWriter {

  private static final double WITHOUT_HEADINGS = 0.04;
  private static final double FINDINGS_ONLY = 0.16;
  private static final double WITH_PREAMBLE = 0.3;
  private static final double UPPER_CASE = 0.03;
  private static final double TITLE_CASE_HEADINGS = 0.2;
  private static final double NEGATIVE_STATED = 0.8;
  private static final int MOST_SUMMARISED = 3;

  private static final List<String> INDICATIONS =
      List.of("Shortness of breath.", "Cough and fever.", "Chest pain.", "Preoperative.");
  private static final List<String> COMPARISONS = List.of("None.", "None available.");
  private static final List<String> TECHNIQUES =
      List.of("Radiography of the chest.", "Digital radiographs of the chest.");

  /**
   * @param remark to end the findings with
   */
  String write(Truth truth, String remark, CounterRandom random) {
    String report = compose(truth, remark, random);
    return random.nextDouble() < UPPER_CASE ? report.toUpperCase(Locale.ROOT) : report;
  }

  private static String compose(Truth truth, String remark, CounterRandom random) {
    String findings = findings(truth, random) + remark;
    if (random.nextDouble() < WITHOUT_HEADINGS) {
      return findings;
    }
    boolean titleCase = random.nextDouble() < TITLE_CASE_HEADINGS;
    List<String> sections = new ArrayList<>();
    if (random.nextDouble() < WITH_PREAMBLE) {
      sections.add(section("INDICATION", titleCase, pick(INDICATIONS, random)));
      sections.add(section("COMPARISON", titleCase, pick(COMPARISONS, random)));
      sections.add(section("TECHNIQUE", titleCase, pick(TECHNIQUES, random)));
    }
    sections.add(section("FINDINGS", titleCase, findings));
    if (random.nextDouble() >= FINDINGS_ONLY) {
      sections.add(section("IMPRESSION", titleCase, impression(truth, random)));
    }
    return String.join("\n", sections);
  }

  private static String section(String heading, boolean titleCase, String text) {
    String shown = titleCase ? Phrases.capital(heading.toLowerCase(Locale.ROOT)) : heading;
    return shown + ": " + text;
  }

  private static String findings(Truth truth, CounterRandom random) {
    List<String> sentences = new ArrayList<>();
    for (Abnormality abnormality : truth.abnormalities()) {
      sentences.add(pick(Phrases.statement(abnormality), random));
    }
    sentences.addAll(absences(truth, random));
    shuffle(sentences, random);
    return String.join(" ", sentences);
  }

  private static List<String> absences(Truth truth, CounterRandom random) {
    List<List<String>> possible = new ArrayList<>();
    boolean effusion = truth.has(Finding.EFFUSION);
    boolean pneumothorax = truth.has(Finding.PNEUMOTHORAX);
    if (!effusion && !pneumothorax && random.nextBoolean()) {
      possible.add(Phrases.NO_FLUID_NO_AIR);
    } else {
      addIfAbsent(truth, Finding.EFFUSION, possible);
      addIfAbsent(truth, Finding.PNEUMOTHORAX, possible);
    }
    addIfAbsent(truth, Finding.CARDIOMEGALY, possible);
    boolean patches = truth.has(Finding.OPACITY) || truth.has(Finding.NODULE);
    if (!patches && !effusion && !pneumothorax && random.nextBoolean()) {
      possible.add(Phrases.CLEAR_LUNGS);
    } else {
      addIfAbsent(truth, Finding.OPACITY, possible);
      addIfAbsent(truth, Finding.NODULE, possible);
    }
    // A normal study of which hardly anything was said would be no report.
    double share = truth.has(Finding.NORMAL) ? 1 : NEGATIVE_STATED;
    List<String> stated = new ArrayList<>();
    for (List<String> wordings : possible) {
      if (random.nextDouble() < share) {
        stated.add(pick(wordings, random));
      }
    }
    return stated;
  }

  private static void addIfAbsent(Truth truth, Finding finding, List<List<String>> possible) {
    if (!truth.has(finding)) {
      possible.add(Phrases.absence(finding));
    }
  }

  private static String impression(Truth truth, CounterRandom random) {
    if (truth.has(Finding.NORMAL)) {
      return pick(Phrases.NORMAL_IMPRESSION, random);
    }
    List<String> summaries = new ArrayList<>();
    for (Abnormality abnormality : truth.abnormalities()) {
      summaries.add(pick(Phrases.summary(abnormality), random));
    }
    shuffle(summaries, random);
    List<String> shown = summaries.subList(0, Math.min(MOST_SUMMARISED, summaries.size()));
    return random.nextBoolean()
        ? shown.stream().map(it -> Phrases.capital(it) + ".").collect(Collectors.joining(" "))
        : Phrases.capital(String.join(", ", shown)) + ".";
  }

  private static String pick(List<String> wordings, CounterRandom random) {
    return wordings.get(random.nextInt(wordings.size()));
  }

  /** Fisher and Yates. */
  private static void shuffle(List<String> items, CounterRandom random) {
    for (int i = items.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      String held = items.get(i);
      items.set(i, items.get(other));
      items.set(other, held);
    }
  }
}
