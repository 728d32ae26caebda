package io.radstream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EncodedViewTest {

  private static final byte[] FILE = {0, 1, 2, 3, 4, 5};

  @BeforeAll
  static void trust() {
    TrustedRecords.register();
  }

  @Test
  void shouldNotCopyWhatIsAllOfAnArray() {
    View view = view(ByteBuffer.wrap(FILE));

    assertThat(EncodedView.bytes(view)).isSameAs(FILE);
    assertThat(EncodedView.bytes(view)).isSameAs(FILE);
  }

  @Test
  void shouldTakeNoMoreThanThePicture() {
    View part = view(ByteBuffer.wrap(FILE, 2, 3));
    View sealed = view(ByteBuffer.wrap(FILE).asReadOnlyBuffer());

    assertThat(EncodedView.bytes(part)).containsExactly(2, 3, 4);
    assertThat(EncodedView.bytes(part)).containsExactly(2, 3, 4);
    assertThat(EncodedView.bytes(sealed)).containsExactly(FILE).isNotSameAs(FILE);
  }

  private static View view(ByteBuffer pixels) {
    return View.newBuilder()
        .setViewId("view")
        .setProjection(Projection.UNKNOWN)
        .setEncoding(PixelEncoding.PNG)
        .setPixels(pixels)
        .setWidth(1)
        .setHeight(1)
        .setOriginalWidth(1)
        .setOriginalHeight(1)
        .setSha256("")
        .build();
  }
}
