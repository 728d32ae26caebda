package io.radstream.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.input.BoundedInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Files in parts, each tried again by itself, of which nothing is seen before the last.
 *
 * @param partBytes of which a store takes ten thousand at most
 */
record MultipartUpload(S3Client client, ObjectAddress address, long partBytes) {

  private static final String TYPE = "application/octet-stream";

  void put(String key, Path file, long size, WrittenBytes written) {
    String upload =
        client.createMultipartUpload(begin -> begin.bucket(address.bucket()).key(key)).uploadId();
    try {
      List<CompletedPart> parts = new ArrayList<>();
      for (long at = 0; at < size; at += partBytes) {
        parts.add(
            part(key, upload, parts.size() + 1, body(file, at, Math.min(partBytes, size - at))));
        written.wrote(Math.min(partBytes, size - at));
      }
      client.completeMultipartUpload(
          end ->
              end.bucket(address.bucket())
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(all -> all.parts(parts)));
    } catch (RuntimeException e) {
      abandon(key, upload, e);
      throw e;
    }
  }

  private CompletedPart part(String key, String upload, int number, RequestBody body) {
    String tag =
        client
            .uploadPart(
                part -> part.bucket(address.bucket()).key(key).uploadId(upload).partNumber(number),
                body)
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /** Read anew for each try. */
  private static RequestBody body(Path file, long at, long size) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            FileChannel channel = FileChannel.open(file);
            channel.position(at);
            return BoundedInputStream.builder()
                .setInputStream(Channels.newInputStream(channel))
                .setMaxCount(size)
                .get();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        size,
        TYPE);
  }

  /** What is not abandoned here, a rule of the bucket takes away. */
  private void abandon(String key, String upload, RuntimeException cause) {
    try {
      client.abortMultipartUpload(
          abort -> abort.bucket(address.bucket()).key(key).uploadId(upload));
    } catch (SdkException e) {
      cause.addSuppressed(e);
    }
  }
}
