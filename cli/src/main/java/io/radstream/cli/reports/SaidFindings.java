package io.radstream.cli.reports;

import io.radstream.radiology.findings.Certainty;
import io.radstream.radiology.findings.FindingLabeller;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What reports say is there.
 *
 * @param uncertain whether what may be there counts as there
 */
record SaidFindings(FindingLabeller labeller, boolean uncertain) {

  Set<String> of(String report) {
    return labeller.label(report).entrySet().stream()
        .filter(
            said ->
                said.getValue() == Certainty.PRESENT
                    || (uncertain && said.getValue() == Certainty.UNCERTAIN))
        .map(said -> said.getKey().key())
        .collect(Collectors.toSet());
  }
}
