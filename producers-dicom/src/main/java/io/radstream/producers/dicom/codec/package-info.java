/**
 * Unpacks compressed pictures in processes of their own: the codecs are native code, and what ends
 * one of them, a crash, a hang or want of memory, costs one picture.
 */
package io.radstream.producers.dicom.codec;
