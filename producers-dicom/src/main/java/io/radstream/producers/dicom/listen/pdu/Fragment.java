package io.radstream.producers.dicom.listen.pdu;

import java.nio.ByteBuffer;

/**
 * A presentation data value: a piece of a command or of a data set.
 *
 * @param context identifier of the presentation context
 * @param command whether of a command, else of a data set
 * @param last whether its command or data set ends with it
 * @param bytes may be none
 */
public record Fragment(int context, boolean command, boolean last, ByteBuffer bytes) {}
