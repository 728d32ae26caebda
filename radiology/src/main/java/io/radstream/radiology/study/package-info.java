/** From the views of a study, as they were sent, to the numbers that a network sees. */
package io.radstream.radiology.study;
