package io.radstream.cli.maps;

import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.results.destination.Result;
import io.radstream.results.maps.MapPicture;
import io.radstream.results.maps.MapPictures;
import io.radstream.results.maps.RgbPicture;
import io.radstream.serving.arrivals.MappedScore;
import io.radstream.serving.arrivals.MappedScore.MappedView;
import io.radstream.serving.arrivals.ScoreMaps;
import io.radstream.serving.explain.MappedPicture;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures by the checkpoint that gave a score, from a store.
 *
 * @param maps left open
 */
public record CheckpointMaps(ScoreMaps maps) implements MapPictures {

  @Override
  public Drawn of(Result result, List<String> findings) {
    if (result.origin().isEmpty()) {
      return new Drawn.None("the score's record has no receipt, or names no source");
    }
    Result.Origin origin = result.origin().get();
    MappedScore score =
        maps.of(result.id().checkpointId(), origin.source(), origin.receipt(), findings);
    return score instanceof MappedScore.Mapped mapped
        ? drawn(mapped)
        : new Drawn.None(((MappedScore.Unmapped) score).why());
  }

  private static Drawn drawn(MappedScore.Mapped mapped) {
    List<MapPicture> pictures = new ArrayList<>();
    try {
      for (MappedView view : mapped.views()) {
        MappedPicture picture =
            new MappedPicture(new ImageDecoder().decode(view.encoded()), view.map(), mapped.side());
        pictures.add(
            new MapPicture(
                view.finding(),
                view.view(),
                new RgbPicture(picture.width(), picture.height(), picture.rgb())));
      }
    } catch (UnreadableImageException e) {
      return new Drawn.None("a view is no usable radiograph");
    }
    return new Drawn.Pictures(pictures);
  }
}
