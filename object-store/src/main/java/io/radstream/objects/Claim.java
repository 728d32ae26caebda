package io.radstream.objects;

/**
 * What somebody says of an object that it refers to.
 *
 * @param uri {@code s3://bucket/key}
 * @param bytes of the object
 * @param sha256 of the object, as small hexadecimal digits
 */
public record Claim(String uri, long bytes, String sha256) {}
