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

# Checkpoints to answers over HTTP: radstream serve.
FROM eclipse-temurin:17.0.16_8-jre-noble
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libjemalloc2 \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 radstream \
    && useradd --uid 10001 --gid radstream --home-dir /var/lib/radstream --create-home \
       --shell /usr/sbin/nologin radstream \
    && install -d -o radstream -g radstream /var/lib/radstream/checkpoints
COPY --from=build /build/cli/target/radstream/lib /opt/radstream/lib
COPY --from=build /build/engine /opt/radstream/lib
ENV DJL_CACHE_DIR=/var/lib/radstream/djl
# As the launcher has it: large tensors come and go, and their memory is kept.
ENV MALLOC_ARENA_MAX=1 \
    MALLOC_MMAP_MAX_=0 \
    MALLOC_TRIM_THRESHOLD_=17179869184 \
    MALLOC_TOP_PAD_=268435456 \
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1 \
    MALLOC_CONF=dirty_decay_ms:60000,muzzy_decay_ms:0,thp:always \
    LD_PRELOAD=libjemalloc.so.2
USER 10001:10001
WORKDIR /var/lib/radstream
EXPOSE 8080
# Alive, not ready: without a checkpoint the service is right to refuse, and must not be restarted.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/health/live"]
# Tensors live outside the Java heap: leave them most of the memory.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=25", "-XX:ThreadPriorityPolicy=1", "-XX:CompilerThreadPriority=10", "-Dai.djl.offline=true", "-jar", "/opt/radstream/lib/radstream.jar"]
CMD ["serve"]
