package io.radstream.experiments.file;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import java.util.List;
import java.util.Map;

/** The file as it is written; what it leaves out is null. */
record FileForm(
    String name,
    Long seed,
    String tokenizer,
    String encoderTokenizer,
    Integer vocabulary,
    Map<String, SourceForm> sources,
    Map<String, InitialisationForm> initialisations,
    Map<String, TargetForm> targets,
    List<Double> labelRatios,
    Integer repeats,
    CompareForm compare) {

  record SourceForm(String prefix, PhantomsForm phantoms, JsonLinesForm jsonl) {}

  record PhantomsForm(
      Long seed, Long first, Long studies, Integer viewSize, Double validation, Double test) {}

  record JsonLinesForm(
      String path, Boolean withoutReports, Integer viewSize, Double validation, Double test) {}

  record InitialisationForm(
      String title,
      String paper,
      NetworkForm scratch,
      PretrainingForm pretraining,
      WeightsForm weights,
      String checkpoint,
      @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> finetuning) {}

  record NetworkForm(
      String preset,
      String variant,
      @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> set) {}

  record WeightsForm(
      String radiograph,
      String preset,
      String variant,
      @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> set) {}

  record PretrainingForm(
      String source,
      String base,
      Long steps,
      String preset,
      String variant,
      @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> set) {}

  record TargetForm(
      String title,
      String paper,
      String source,
      String testSource,
      List<String> findings,
      Long steps,
      @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> set,
      List<Double> labelRatios,
      String split) {}

  record CompareForm(String reference, String test, String paper) {}
}
