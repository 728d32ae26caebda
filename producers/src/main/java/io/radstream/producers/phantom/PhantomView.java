package io.radstream.producers.phantom;

import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Projection;

/** One synthetic radiograph: frontal (PA, AP) or lateral. */
public record PhantomView(GrayImage image, Projection projection) {}
