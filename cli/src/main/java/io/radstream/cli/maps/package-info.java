/** Pictures of where scores come from, for those who send results back. */
package io.radstream.cli.maps;
