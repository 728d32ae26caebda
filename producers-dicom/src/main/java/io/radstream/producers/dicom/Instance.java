package io.radstream.producers.dicom;

import io.radstream.producers.publish.StudyPart;

/**
 * One radiograph as it came.
 *
 * @param sopInstanceUid names it, the same wherever and however often it comes
 * @param digest SHA-256 of the file, in hexadecimal digits: another file under the same UID is
 *     another picture
 * @param part the radiograph as a part of its study; its picture is decoded when it is asked for
 */
public record Instance(String sopInstanceUid, String digest, StudyPart part) {}
