package io.radstream.cli;

/** What studies can come from. */
enum SourceKind {
  SYNTHETIC,
  JSONL
}
