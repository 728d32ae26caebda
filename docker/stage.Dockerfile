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

# Studies to tuples: radstream streams. Needs no PyTorch.
FROM eclipse-temurin:17.0.16_8-jre-noble
RUN groupadd --gid 10001 radstream \
    && useradd --uid 10001 --gid radstream --home-dir /var/lib/radstream --create-home \
       --shell /usr/sbin/nologin radstream \
    && install -d -o radstream -g radstream /var/lib/radstream/tokenizer /var/lib/radstream/state /var/lib/radstream/site
COPY --from=build /build/cli/target/radstream/lib /opt/radstream/lib
ENV DJL_CACHE_DIR=/var/lib/radstream/djl
USER 10001:10001
WORKDIR /var/lib/radstream
# The process ends when it cannot go on; this finds one that is cut off from its broker.
HEALTHCHECK --interval=60s --timeout=30s --start-period=30s --retries=3 \
    CMD ["java", "-Xmx128m", "-Dai.djl.offline=true", "-jar", "/opt/radstream/lib/radstream.jar", "topics", "list"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-Dai.djl.offline=true", "-jar", "/opt/radstream/lib/radstream.jar"]
CMD ["streams"]
