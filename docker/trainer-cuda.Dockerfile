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

# The CUDA build of exactly the PyTorch that the JNI library was made for.
FROM build AS cuda
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -ntp -Pcuda -pl cli dependency:unpack@unpack-cuda resources:copy-resources@tell-cuda-version

FROM eclipse-temurin:17.0.16_8-jre-jammy AS java

# Tuples to checkpoints on an NVIDIA GPU: radstream train.
# PyTorch takes CUDA 12 and cuDNN 9 from the image; there is no Python.
FROM nvidia/cuda:12.9.1-cudnn-runtime-ubuntu22.04
RUN apt-get update \
    && apt-get install -y --no-install-recommends cuda-cupti-12-9 fontconfig libcufile-12-9 \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 radstream \
    && useradd --uid 10001 --gid radstream --home-dir /var/lib/radstream --create-home \
       --shell /usr/sbin/nologin radstream \
    && install -d -o radstream -g radstream /var/lib/radstream/tokenizer /var/lib/radstream/checkpoints
COPY --from=java /opt/java/openjdk /opt/java/openjdk
COPY --from=build /build/cli/target/radstream/lib /opt/radstream/lib
COPY --from=cuda /build/cli/target/radstream/cuda /opt/radstream/cuda
ENV JAVA_HOME=/opt/java/openjdk \
    PATH=/opt/java/openjdk/bin:$PATH \
    LANG=C.UTF-8 \
    LD_LIBRARY_PATH=/opt/radstream/cuda/lib:/usr/local/cuda/lib64:/usr/local/cuda/extras/CUPTI/lib64:$LD_LIBRARY_PATH \
    PYTORCH_LIBRARY_PATH=/opt/radstream/cuda/lib \
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
