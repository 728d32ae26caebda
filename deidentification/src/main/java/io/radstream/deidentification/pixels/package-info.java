/**
 * Text that is burned into pictures: where devices put it, where a picture shows any, and what
 * becomes of it. Looks at pictures and plain values; knows no file format.
 */
package io.radstream.deidentification.pixels;
