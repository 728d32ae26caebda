/** How like one text is another: reports that were written beside those that are known. */
package io.radstream.evaluation.text;
