package io.radstream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.radstream.radiology.image.ModelInput;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a picture becomes the network's input, as a {@code preprocessor_config.json} of Hugging
 * Face's libraries. Of their processors only DeiT's squeezes both axes and then crops the middle
 * out.
 */
final class PreprocessorConfig {

  static final String FILE = "preprocessor_config.json";

  /** The libraries' pipelines make every picture one in color. */
  static final int CHANNELS = 3;

  /** Of the filters that all of the libraries' backends have, the nearest to the area filter. */
  private static final int BICUBIC = 3;

  private static final String STUDIES = "RadstreamImageProcessor";

  private static final float BRIGHTEST = 255;

  private PreprocessorConfig() {}

  static byte[] of(ModelInput input) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("image_processor_type", "DeiTImageProcessor");
    values.put("do_resize", true);
    values.put("size", square(input.resizedSide()));
    values.put("resample", BICUBIC);
    values.put("do_center_crop", true);
    values.put("crop_size", square(input.size()));
    values.put("do_rescale", true);
    values.put("rescale_factor", 1.0 / BRIGHTEST);
    values.put("do_normalize", true);
    values.put("image_mean", inEachChannel(ofWhole(ModelInput.MEAN)));
    values.put("image_std", inEachChannel(ofWhole(ModelInput.DEVIATION)));
    return json(values);
  }

  /** For studies, by the processor that is exported with what scores their findings. */
  static byte[] ofStudies(ModelInput input) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("image_processor_type", STUDIES);
    values.put("auto_map", Map.of("AutoImageProcessor", "image_processing_radstream." + STUDIES));
    values.put("resized_side", input.resizedSide());
    values.put("side", input.size());
    values.put("mean", ModelInput.MEAN);
    values.put("deviation", ModelInput.DEVIATION);
    return json(values);
  }

  private static byte[] json(Map<String, Object> values) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values are always JSON", e);
    }
  }

  private static Map<String, Integer> square(int side) {
    return Map.of("height", side, "width", side);
  }

  /** A brightness as the libraries count it: white is 1. */
  static float ofWhole(float brightness) {
    return brightness / BRIGHTEST;
  }

  private static List<Float> inEachChannel(float value) {
    return Collections.nCopies(CHANNELS, value);
  }
}
