package io.radstream.producers.hl7.report;

import io.radstream.producers.hl7.message.ErrorCode;
import io.radstream.producers.hl7.message.Hl7Header;
import io.radstream.producers.hl7.message.Hl7Message;
import io.radstream.producers.hl7.message.Hl7Segment;
import io.radstream.producers.hl7.message.UnreadableMessageException;
import io.radstream.producers.publish.Identifying;
import io.radstream.producers.reports.ReportItem;
import io.radstream.producers.reports.ReportTime;
import io.radstream.schemas.ReportStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The reports of an ORU^R01 message. Orders of the same studies make one report. Where one report
 * alone has text, the orders beside it that have none share it: a radiologist has read several
 * examinations at once. Thread-safe.
 */
public final class ReportReader {

  /** Results of devices at the bedside, alarms and waveforms. */
  private static final Set<String> OF_DEVICES = Set.of("R30", "R31", "R32", "R40", "W01", "W02");

  private static final Set<String> EVENTS = Set.of("", "R01");

  private final ReportRules rules;
  private final PatientIds ids;
  private final ReportTimes times;
  private final NamingFields fields = NamingFields.read();
  private final Observations observations = new Observations(Section.Known.read());

  /**
   * @param clock of arrivals, and by which a time of the future is known
   */
  public ReportReader(ReportRules rules, InstantSource clock) {
    this.rules = rules;
    this.ids = new PatientIds(rules.patientAuthority());
    this.times = new ReportTimes(rules.zone(), clock);
  }

  /**
   * Whether a message with this header has reports. The oldest ones name no event; an event that
   * nobody knows is none that may be passed over, since what it brings may be a report.
   */
  public static boolean isSaidBy(Hl7Header header) {
    return header.type().equals("ORU") && !OF_DEVICES.contains(header.event());
  }

  /**
   * @param digest of the message's bytes
   * @return none where the message says that there is no report yet
   * @throws UnreadableMessageException where a report cannot be taken from it
   */
  public List<ReportItem> read(Hl7Message message, String digest)
      throws UnreadableMessageException {
    if (!EVENTS.contains(message.header().event())) {
      throw new UnreadableMessageException(
          ErrorCode.UNSUPPORTED_EVENT, "MSH-9 names an event of ORU that is not known; send R01");
    }
    List<PatientOrders> patients = PatientOrders.of(message);
    if (patients.isEmpty()) {
      throw new UnreadableMessageException(
          ErrorCode.SEGMENT_SEQUENCE, "there is no segment OBR or ORC");
    }
    Map<String, ReportItem> items = new LinkedHashMap<>();
    for (PatientOrders patient : patients) {
      for (ReportItem item : items(patient, message, digest)) {
        addTo(items, item);
      }
    }
    return List.copyOf(items.values());
  }

  /** Two reports under one order number keep apart by what they are of. */
  private static void addTo(Map<String, ReportItem> items, ReportItem item) {
    if (item instanceof ReportItem.Text text && items.containsKey(item.key())) {
      String key = item.key() + "/" + String.join(",", text.accessions());
      items.put(key, renamed(text, key));
    } else {
      items.putIfAbsent(item.key(), item);
    }
  }

  private static ReportItem.Text renamed(ReportItem.Text text, String key) {
    return new ReportItem.Text(
        key,
        text.time(),
        text.patient(),
        text.accessions(),
        text.studyUid(),
        text.text(),
        text.status(),
        text.identifying());
  }

  private List<ReportItem> items(PatientOrders patient, Hl7Message message, String digest)
      throws UnreadableMessageException {
    List<ReadOrder> orders = new ArrayList<>();
    for (Order order : patient.orders()) {
      orders.add(ReadOrder.of(order, observations.read(order, message), rules));
    }
    Collection<List<ReadOrder>> reports = reports(orders);
    List<ReportItem> items = new ArrayList<>();
    for (List<ReadOrder> report : reports) {
      Set<String> accessions = new LinkedHashSet<>();
      report.forEach(order -> accessions.addAll(order.accessions()));
      if (reports.size() == 1) {
        orders.stream()
            .filter(order -> !order.isReport() && !order.isWithdrawn())
            .forEach(order -> accessions.addAll(order.accessions()));
      }
      ReportTime time = times.of(report.stream().map(ReadOrder::order).toList(), message, digest);
      items.add(text(patient, report, accessions, time));
    }
    orders.stream()
        .filter(ReadOrder::isWithdrawn)
        .forEach(
            order ->
                items.add(withdrawal(order, times.of(List.of(order.order()), message, digest))));
    if (items.isEmpty()) {
      explainNothing(orders);
    }
    return items;
  }

  private static Collection<List<ReadOrder>> reports(List<ReadOrder> orders) {
    Map<Set<String>, List<ReadOrder>> reports = new LinkedHashMap<>();
    for (ReadOrder order : orders) {
      if (order.isReport()) {
        reports.computeIfAbsent(order.studies(), studies -> new ArrayList<>()).add(order);
      }
    }
    return reports.values();
  }

  private ReportItem.Text text(
      PatientOrders patient, List<ReadOrder> report, Set<String> accessions, ReportTime time)
      throws UnreadableMessageException {
    List<Piece> pieces =
        report.stream().flatMap(order -> order.observations().pieces().stream()).toList();
    List<Order> orders = report.stream().map(ReadOrder::order).toList();
    boolean addendum = pieces.stream().filter(it -> !it.isBlank()).allMatch(Piece::isAddendum);
    return new ReportItem.Text(
        (addendum ? "addendum/" : "report/") + report.get(0).number(),
        time,
        patientId(patient),
        List.copyOf(accessions),
        orders.stream()
            .map(Accessions::studyUid)
            .filter(it -> !it.isEmpty())
            .findFirst()
            .orElse(""),
        ReportText.of(pieces),
        addendum ? ReportStatus.ADDENDUM : status(report, pieces),
        identifying(patient));
  }

  private static ReportStatus status(List<ReadOrder> report, List<Piece> pieces) {
    Set<Standing> standings = new HashSet<>();
    report.forEach(order -> standings.add(order.standing()));
    boolean added = pieces.stream().anyMatch(Piece::isAddendum);
    return (added ? Standing.AMENDED : Standing.FINAL).with(standings).status();
  }

  private String patientId(PatientOrders patient) throws UnreadableMessageException {
    Optional<Hl7Segment> about =
        patient.about().stream().filter(it -> it.name().equals("PID")).findFirst();
    return about
        .flatMap(segment -> ids.of(segment, 3, 2, 4))
        .orElseThrow(
            () ->
                new UnreadableMessageException(
                    ErrorCode.REQUIRED_FIELD_MISSING, "PID-3 has no number of the patient"));
  }

  private Identifying identifying(PatientOrders patient) {
    Stream<Hl7Segment> orders =
        patient.orders().stream().flatMap(order -> order.segments().stream());
    return new NamedInMessage(fields).add(patient.about()).add(orders.toList()).identifying();
  }

  private static ReportItem withdrawal(ReadOrder order, ReportTime time) {
    return new ReportItem.Withdrawal("report/" + order.number(), time);
  }

  private static void explainNothing(List<ReadOrder> orders) throws UnreadableMessageException {
    for (ReadOrder order : orders) {
      if (order.observations().unread().isPresent()) {
        throw order.observations().unread().get();
      }
    }
    if (orders.stream().anyMatch(ReadOrder::isContradicted)) {
      throw new UnreadableMessageException(
          ErrorCode.TABLE_VALUE_NOT_FOUND,
          "OBR-25 says that there is no such order or patient (Y or Z), but an OBX has text;"
              + " correct OBR-25");
    }
    if (orders.stream().noneMatch(ReadOrder::isEmpty)) {
      return;
    }
    boolean text = orders.stream().anyMatch(order -> order.observations().textWithoutResult());
    throw text
        ? new UnreadableMessageException(
            ErrorCode.TABLE_VALUE_NOT_FOUND,
            "the report is final (OBR-25), but OBX-11 says of each OBX with text that there is no"
                + " result (N, O or X); correct one of them")
        : new UnreadableMessageException(
            ErrorCode.REQUIRED_FIELD_MISSING,
            "the report is final, but no OBX has text (types TX, FT, ST or ED)");
  }
}
