package io.radstream.serving.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.netty.handler.codec.http.multipart.MemoryFileUpload;
import io.radstream.radiology.study.StudyViews;
import io.vertx.core.buffer.Buffer;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A multipart body, taken apart while it comes. By Netty's decoder, as Vert.x would do it: but that
 * throws what it does not document at some heads of parts, and Vert.x closes the connection then
 * before anything is answered. All of it is on the heap, so that nothing has to be released.
 */
final class StudyForm {

  /** The views of a study, its id, and some more that a form may have. */
  static final int MOST_PARTS = StudyViews.MOST_VIEWS + 16;

  /** Of a field, in bytes. */
  static final int LONGEST_FIELD = 1_024;

  static final int LONGEST_PART_HEAD = 1_024;

  private static final String STUDY_ID = "studyId";

  private final ByteBufAllocator memory = new UnpooledByteBufAllocator(false);
  private final HttpPostMultipartRequestDecoder decoder;
  private final List<List<byte[]>> files = new ArrayList<>();
  private Optional<String> studyId = Optional.empty();
  private long bytes;

  /** The body is no form, or one that is too large in some way. */
  static final class MalformedFormException extends Exception {

    private static final long serialVersionUID = 1L;

    private MalformedFormException(Exception cause) {
      super("the form is malformed", cause);
    }
  }

  /**
   * @param contentType of the request
   * @throws MalformedFormException where it names no boundary
   */
  StudyForm(String contentType) throws MalformedFormException {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    Parts parts = new Parts();
    parts.setMaxLimit(LONGEST_FIELD);
    try {
      decoder =
          new HttpPostMultipartRequestDecoder(
              parts, request, HttpConstants.DEFAULT_CHARSET, MOST_PARTS, LONGEST_PART_HEAD);
    } catch (RuntimeException e) {
      throw new MalformedFormException(e);
    }
  }

  /** Makes fields as Netty does, and files of ours. */
  private final class Parts extends DefaultHttpDataFactory {

    Parts() {
      super(false);
    }

    @Override
    public FileUpload createFileUpload(
        HttpRequest request,
        String name,
        String filename,
        String contentType,
        String contentTransferEncoding,
        Charset charset,
        long size) {
      List<byte[]> pieces = new ArrayList<>();
      files.add(pieces);
      return new Upload(name, filename, contentType, contentTransferEncoding, charset, pieces);
    }
  }

  /** A file that leaves its content to others. */
  private final class Upload extends MemoryFileUpload {

    private final List<byte[]> pieces;

    Upload(
        String name,
        String filename,
        String contentType,
        String contentTransferEncoding,
        Charset charset,
        List<byte[]> pieces) {
      super(name, filename, contentType, contentTransferEncoding, charset, 0);
      this.pieces = pieces;
    }

    @Override
    public void addContent(ByteBuf piece, boolean last) {
      if (piece != null) {
        pieces.add(ByteBufUtil.getBytes(piece));
        bytes += piece.readableBytes();
        piece.release();
      }
      if (last) {
        setCompleted();
      }
    }
  }

  /** The next bytes of the body. */
  void take(Buffer piece) throws MalformedFormException {
    ByteBuf copy = memory.heapBuffer(piece.length());
    piece.getBytes(copy.array(), copy.arrayOffset());
    copy.writerIndex(piece.length());
    try {
      decoder.offer(new DefaultHttpContent(copy));
      collect();
    } catch (RuntimeException | IOException e) {
      throw new MalformedFormException(e);
    }
  }

  /** There are no more: a form that breaks off may have lost a view, and nobody would be told. */
  void end() throws MalformedFormException {
    try {
      decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT);
      collect();
    } catch (EndOfDataDecoderException e) {
      return;
    } catch (RuntimeException | IOException e) {
      throw new MalformedFormException(e);
    }
    throw new MalformedFormException(new EOFException("it has no last boundary"));
  }

  private void collect() throws IOException {
    while (decoder.hasNext()) {
      InterfaceHttpData part = decoder.next();
      if (part instanceof Attribute field && field.getName().equals(STUDY_ID)) {
        studyId = studyId.isPresent() ? studyId : Optional.of(field.getValue());
      }
    }
  }

  /** Of files, also of one that has not ended. */
  int count() {
    return files.size();
  }

  /** Bytes of all files. */
  long bytes() {
    return bytes;
  }

  Optional<String> studyId() {
    return studyId;
  }

  /** Of the files, in their order. */
  List<byte[]> contents() {
    return files.stream().map(StudyForm::joined).toList();
  }

  private static byte[] joined(List<byte[]> pieces) {
    ByteBuffer file = ByteBuffer.allocate(pieces.stream().mapToInt(piece -> piece.length).sum());
    pieces.forEach(file::put);
    return file.array();
  }
}
