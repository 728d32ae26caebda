package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {

  /** No machine has as many. */
  private static final ComputeDevice MISSING = ComputeDevice.cuda(120);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @ParameterizedTest
  @CsvSource({"auto, auto", "cpu, cpu", "cuda, cuda:0", "cuda:0, cuda:0", "cuda:12, cuda:12"})
  void shouldReadDevices(String text, String device) {
    assertThat(DeviceChoice.of(text)).hasToString(device);
    assertThat(DeviceChoice.of(device)).isEqualTo(DeviceChoice.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:x", "cuda:0 ", "cuda:1234"})
  void shouldRefuseWhatIsNoDevice(String text) {
    assertThatThrownBy(() -> DeviceChoice.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a device such as auto, cpu, cuda or cuda:1: " + text);
  }

  @Test
  void shouldTakeTheDeviceThatIsNamed() {
    ComputeDevice found = DeviceChoice.of("cpu").start(1);

    assertThat(found).isEqualTo(ComputeDevice.cpu());
    assertThat(found.description()).matches("PyTorch \\d+\\.\\d+\\.\\d+ on cpu\\(\\)");
    try (NDManager manager = found.newManager()) {
      assertThat(manager.create(1).getDevice().isGpu()).isFalse();
    }
  }

  @Test
  void shouldTakeTheFirstGpuWhereNoneIsNamedAndOneIsThere() {
    ComputeDevice found = DeviceChoice.auto().start(1);

    assertThat(ComputeDevice.present()).startsWith(ComputeDevice.cpu()).contains(found);
    assertThat(found)
        .isEqualTo(
            ComputeDevice.present().size() == 1 ? ComputeDevice.cpu() : ComputeDevice.cuda(0));
  }

  @Test
  void shouldSayWhichDevicesAreThereInPlaceOfTheNamedOne() {
    assertThatThrownBy(() -> DeviceChoice.of("cuda:120").start(1))
        .isInstanceOf(MissingDeviceException.class)
        .hasMessageStartingWith("there is no device cuda:120 here; there is: cpu");
  }

  @Test
  void shouldMakeNoManagerForADeviceThatIsNotThere() {
    assertThatThrownBy(MISSING::newManager).isInstanceOf(MissingDeviceException.class);
  }
}
