/**
 * A real archive beside Radstream, for {@code benchmarks/pacs}: an Orthanc, filled by the tools of
 * dcmtk.
 */
package io.radstream.cli.pacs;
