# syntax=docker/dockerfile:1
FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
# Behind a mirror: docker build --secret id=maven-settings,src=$HOME/.m2/settings.xml
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp -Dmaven.test.skip -Dspotless.check.skip package \
    && mkdir engine \
    && mv cli/target/radstream/lib/pytorch-native-cpu-*.jar engine/

FROM eclipse-temurin:17.0.16_8-jre-jammy AS java

# Tuples to checkpoints on an NVIDIA GPU: radstream train.
# The image brings the CUDA build of exactly the PyTorch that the JNI library was made for.
FROM pytorch/pytorch:2.7.1-cuda12.8-cudnn9-runtime
RUN groupadd --gid 10001 radstream \
    && useradd --uid 10001 --gid radstream --home-dir /var/lib/radstream --create-home \
       --shell /usr/sbin/nologin radstream \
    && install -d -o radstream -g radstream /var/lib/radstream/tokenizer /var/lib/radstream/checkpoints
# Another libtorch would load and then corrupt tensors: refuse it now.
RUN python -c 'import os, torch; \
      assert (torch.__version__.split("+")[0], torch.version.cuda) == ("2.7.1", "12.8"), torch.__version__; \
      os.symlink(os.path.join(os.path.dirname(torch.__file__), "lib"), "/opt/libtorch")'
COPY --from=java /opt/java/openjdk /opt/java/openjdk
COPY --from=build /build/cli/target/radstream/lib /opt/radstream/lib
ENV JAVA_HOME=/opt/java/openjdk \
    PATH=/opt/java/openjdk/bin:$PATH \
    LANG=C.UTF-8 \
    PYTORCH_LIBRARY_PATH=/opt/libtorch \
    PYTORCH_VERSION=2.7.1 \
    PYTORCH_FLAVOR=cu128 \
    DJL_CACHE_DIR=/var/lib/radstream/djl \
    CUBLAS_WORKSPACE_CONFIG=:4096:8
# As the launcher has it: large tensors come and go, and their memory is kept.
ENV MALLOC_ARENA_MAX=1 \
    MALLOC_MMAP_MAX_=0 \
    MALLOC_TRIM_THRESHOLD_=17179869184 \
    MALLOC_TOP_PAD_=268435456 \
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1
USER 10001:10001
WORKDIR /var/lib/radstream
# The process ends when it cannot go on; this finds one that is cut off from its broker.
HEALTHCHECK --interval=60s --timeout=30s --start-period=60s --retries=3 \
    CMD ["java", "-Xmx128m", "-Dai.djl.offline=true", "-jar", "/opt/radstream/lib/radstream.jar", "topics", "list"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=25", "-Dai.djl.offline=true", "-jar", "/opt/radstream/lib/radstream.jar"]
CMD ["train"]
