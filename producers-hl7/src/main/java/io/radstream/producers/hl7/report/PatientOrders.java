package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One patient's part of a message.
 *
 * @param about PID, and the segments before the first order: what follows it, and what the message
 *     begins with
 */
record PatientOrders(List<Hl7Segment> about, List<Order> orders) {

  private static final Set<String> BEGIN_ORDER = Set.of("ORC", "OBR");

  PatientOrders {
    about = List.copyOf(about);
    orders = List.copyOf(orders);
  }

  /** By order of segments alone, since groups differ from version to version. */
  static List<PatientOrders> of(Hl7Message message) {
    List<PatientOrders> patients = new ArrayList<>();
    List<Hl7Segment> start = start(message.segments());
    List<Hl7Segment> block = new ArrayList<>();
    for (Hl7Segment segment : message.segments()) {
      if (segment.name().equals("PID")) {
        addTo(patients, block);
        block = new ArrayList<>(start);
      }
      block.add(segment);
    }
    addTo(patients, block);
    return patients;
  }

  /** What stands before the first patient and is of no order, as EVN: it concerns all of them. */
  private static List<Hl7Segment> start(List<Hl7Segment> segments) {
    return segments.stream()
        .takeWhile(it -> !it.name().equals("PID") && !BEGIN_ORDER.contains(it.name()))
        .toList();
  }

  private static void addTo(List<PatientOrders> patients, List<Hl7Segment> block) {
    int begin = 0;
    while (begin < block.size() && !BEGIN_ORDER.contains(block.get(begin).name())) {
      begin++;
    }
    List<Hl7Segment> about = block.subList(0, begin);
    List<Order> orders = orders(block.subList(begin, block.size()));
    if (!orders.isEmpty()) {
      patients.add(new PatientOrders(about, orders));
    }
  }

  private static List<Order> orders(List<Hl7Segment> segments) {
    List<Order> orders = new ArrayList<>();
    List<Hl7Segment> order = new ArrayList<>();
    for (Hl7Segment segment : segments) {
      boolean belongs = order.size() == 1 && order.get(0).name().equals("ORC");
      boolean begins = BEGIN_ORDER.contains(segment.name());
      if (begins && !order.isEmpty() && !(belongs && segment.name().equals("OBR"))) {
        orders.add(new Order(order));
        order = new ArrayList<>();
      }
      order.add(segment);
    }
    if (!order.isEmpty()) {
      orders.add(new Order(order));
    }
    return orders;
  }
}
