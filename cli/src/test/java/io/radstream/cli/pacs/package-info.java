/**
 * A real hospital beside Radstream, for {@code benchmarks/pacs}: an Orthanc, filled by the tools of
 * dcmtk, and a sender of HL7, whose patients are the canaries of {@code cli.phi}.
 */
package io.radstream.cli.pacs;
