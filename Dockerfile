# syntax=docker/dockerfile:1

FROM eclipse-temurin:21-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -Dmaven.test.skip=true package

FROM eclipse-temurin:21-jre
RUN useradd --system --uid 10001 --home-dir /var/lib/tributary --create-home tributary \
    && mkdir /etc/tributary /var/lib/tributary/inbox \
    && chown tributary:tributary /var/lib/tributary /var/lib/tributary/inbox
COPY --from=build /build/target/lib /opt/tributary/lib
COPY --from=build /build/target/tributary.jar /opt/tributary/
USER tributary
ENV PORT=8080 \
    TRIBUTARY_DATA=/var/lib/tributary \
    TRIBUTARY_ROUTES=/etc/tributary/routes
VOLUME /var/lib/tributary
EXPOSE 8080
# By bash alone: the image holds no other client that is light enough to start every ten seconds.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD exec bash -c \
    'exec 3<>/dev/tcp/127.0.0.1/$PORT; printf "GET /health HTTP/1.0\r\n\r\n" >&3; head -n 1 <&3 | grep -q " 200 "'
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:G1HeapRegionSize=4m", "-XX:-G1UseAdaptiveIHOP", \
    "-XX:InitiatingHeapOccupancyPercent=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/tributary/tributary.jar"]
