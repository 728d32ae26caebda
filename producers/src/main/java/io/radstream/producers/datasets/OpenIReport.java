package io.radstream.producers.datasets;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A report of Open-i.
 *
 * @param id of the collection
 * @param text its sections under their headings, each in a line
 * @param images ids, which are also the names of their files
 * @param terms of the manual index, such as {@code Cardiomegaly/mild}
 */
record OpenIReport(String id, String text, List<String> images, List<String> terms) {

  /** For all reports of a set: it takes longer to find than a report to read. */
  static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    // Nothing outside the file is asked for, and nothing is unfolded.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  static OpenIReport of(byte[] xml, XMLInputFactory factory) throws DatasetException {
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      try {
        return read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new DatasetException("is not the XML of a report");
    }
  }

  private static OpenIReport read(XMLStreamReader reader)
      throws XMLStreamException, DatasetException {
    String id = "";
    StringBuilder text = new StringBuilder();
    List<String> images = new ArrayList<>();
    List<String> terms = new ArrayList<>();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        switch (reader.getLocalName()) {
          case "uId" -> id = attribute(reader, "id");
          case "AbstractText" -> addSection(reader, text);
          case "major" -> terms.add(reader.getElementText());
          case "parentImage" -> images.add(attribute(reader, "id"));
          default -> {}
        }
      }
    }
    if (id.isEmpty()) {
      throw new DatasetException("names no report");
    }
    return new OpenIReport(id, text.toString(), images, terms);
  }

  private static void addSection(XMLStreamReader reader, StringBuilder text)
      throws XMLStreamException {
    String label = attribute(reader, "Label");
    String section = reader.getElementText().strip();
    if (!section.isEmpty()) {
      text.append(label).append(": ").append(section).append('\n');
    }
  }

  private static String attribute(XMLStreamReader reader, String name) {
    String value = reader.getAttributeValue(null, name);
    return value == null ? "" : value.strip();
  }
}
