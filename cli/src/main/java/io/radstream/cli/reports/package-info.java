/** Written reports beside those that are known. */
package io.radstream.cli.reports;
