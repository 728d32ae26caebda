package io.radstream.experiments.file;

import io.radstream.experiments.file.FileForm.InitialisationForm;
import io.radstream.experiments.file.FileForm.NetworkForm;
import io.radstream.experiments.file.FileForm.PretrainingForm;
import io.radstream.experiments.plan.Initialisation;
import io.radstream.experiments.plan.Network;
import io.radstream.experiments.plan.Origin;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the file says of initialisations. */
record Origins(FileForm file) {

  List<Initialisation> all() {
    Place place = new Place("initialisations");
    Set<String> titles = new HashSet<>();
    List<Initialisation> all =
        place.filled(file.initialisations()).entrySet().stream()
            .map(entry -> read(place.of(entry.getKey()), entry))
            .toList();
    for (Initialisation row : all) {
      if (!titles.add(row.title())) {
        throw place
            .of(row.name())
            .of("title")
            .wrong("another row is called so, too: " + row.title());
      }
    }
    return all;
  }

  private Initialisation read(Place place, Map.Entry<String, InitialisationForm> entry) {
    InitialisationForm form = entry.getValue();
    String name = place.name(entry.getKey());
    return new Initialisation(
        name,
        place.of("title").title(form.title(), name),
        Optional.ofNullable(form.paper()),
        origin(place, form),
        Pairs.ofFineTuning(place.of("finetuning"), form.finetuning()));
  }

  private Origin origin(Place place, InitialisationForm form) {
    long kinds =
        Stream.of(form.scratch(), form.pretraining(), form.weights(), form.checkpoint())
            .filter(kind -> kind != null)
            .count();
    if (kinds != 1) {
      throw place.wrong("needs one of scratch, pretraining, weights and checkpoint, has " + kinds);
    }
    if (form.pretraining() != null) {
      return pretrained(place.of("pretraining"), form.pretraining());
    }
    if (form.weights() != null) {
      Place weights = place.of("weights");
      return new Origin.PublicWeights(
          network(
              weights,
              new NetworkForm(
                  form.weights().preset(), form.weights().variant(), form.weights().set())),
          weights.of("radiograph").given(form.weights().radiograph()));
    }
    return form.scratch() != null
        ? new Origin.Scratch(network(place.of("scratch"), form.scratch()))
        : new Origin.Stored(form.checkpoint());
  }

  private Origin pretrained(Place place, PretrainingForm form) {
    Optional<String> base = Optional.ofNullable(form.base());
    base.ifPresent(name -> place.of("base").known(name, file.initialisations().keySet()));
    return new Origin.Pretrained(
        network(place, new NetworkForm(form.preset(), form.variant(), form.set())),
        place
            .of("source")
            .known(form.source(), new Place("sources").filled(file.sources()).keySet()),
        place.of("steps").between(form.steps(), 1L, Place.MOST_STEPS),
        base.filter(name -> carriesWeights(place, name)));
  }

  private boolean carriesWeights(Place place, String name) {
    InitialisationForm base = file.initialisations().get(name);
    if (base.pretraining() == null && base.checkpoint() == null) {
      throw place.of("base").wrong(name + " has no checkpoint that a run could set out from");
    }
    return true;
  }

  private static Network network(Place place, NetworkForm form) {
    return new Network(
        place.of("preset").given(form.preset()),
        Place.or(form.variant(), "paper"),
        Pairs.of(place.of("set"), form.set()));
  }
}
