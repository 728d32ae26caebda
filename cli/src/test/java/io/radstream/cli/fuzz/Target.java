package io.radstream.cli.fuzz;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A parser to be thrown at.
 *
 * @param mutator of its good inputs
 * @param repair makes what is checked first, as a checksum, fit again; used for every other input
 * @param refusals what the parser documents for bad input
 */
record Target(
    Mutator mutator,
    UnaryOperator<byte[]> repair,
    Set<Class<? extends Exception>> refusals,
    Parser parser) {

  /** Stands in each text of a good input, and may stand in no message and no line of a log. */
  static final String CANARY = "Zyxwvq";

  /** Parses to the end, as whoever calls the parser would. */
  @FunctionalInterface
  interface Parser {

    /**
     * @return what is told of the input where it is refused without an exception; empty otherwise
     */
    String parse(byte[] input) throws Exception;
  }

  static Target of(
      String name,
      List<byte[]> seeds,
      List<String> words,
      Set<Class<? extends Exception>> refusals,
      Parser parser) {
    List<byte[]> all = words.stream().map(Json::bytes).toList();
    return new Target(new Mutator(name, seeds, all), UnaryOperator.identity(), refusals, parser);
  }

  Target repairing(UnaryOperator<byte[]> other) {
    return new Target(mutator, other, refusals, parser);
  }

  String name() {
    return mutator.name();
  }

  byte[] input(long number) {
    byte[] input = mutator.input(number);
    return number % 2 == 0 ? input : repair.apply(input);
  }

  @Override
  public String toString() {
    return name();
  }
}
