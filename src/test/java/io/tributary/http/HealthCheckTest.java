package io.tributary.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** The hub says that it can take deals when, and only when, its database answers. */
@WithHub
class HealthCheckTest {

    @Test
    void a_running_hub_is_up_without_a_key(TestHub hub) {
        assertThat(hub.stranger().get("/health").text()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(hub.stranger().get("/health").status()).isEqualTo(200);
    }

    @Test
    void a_database_that_hangs_is_told_of_within_two_seconds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        HttpResponse<String> answer = ask(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new SQLException("over");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        });
        never.countDown();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("does not answer");
    }

    @Test
    void a_database_that_cannot_be_reached_is_told_of_without_its_secrets() throws Exception {
        HttpResponse<String> answer = ask(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                throw new SQLException("password authentication failed for user hub at db.internal");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        });

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("cannot be reached").doesNotContain("db.internal");
    }

    private static HttpResponse<String> ask(DataSource database) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Router router = Router.router(vertx);
            router.get("/health").handler(new HealthCheck(database, "admin-key-of-this-test", List.of()));
            int port = vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get()
                    .actualPort();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}
