/**
 * The one command {@code radstream}: a class per subcommand, and what the subcommands share.
 * Results go to standard output, everything else to standard error.
 */
package io.radstream.cli;
