package io.tributary.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Caller;
import io.tributary.testing.Reply;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser is sent, and what it is not. */
@WithHub
class PageFilesTest {
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern APP = Pattern.compile("src=\"(/web/[0-9a-f]+/app.js)\"");

    @Test
    void the_policy_allows_exactly_the_import_map_that_is_sent(TestHub hub) throws Exception {
        Reply page = hub.stranger().get("/");
        Matcher map = IMPORT_MAP.matcher(page.text());
        assertThat(map.find()).isTrue();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));

        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "require-trusted-types-for 'script'")
                .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
                .doesNotContain("unsafe");
        assertThat(page.header("Cache-Control")).contains("no-cache");
    }

    @Test
    void files_are_kept_for_good_and_the_page_is_asked_for_again(TestHub hub) {
        Caller stranger = hub.stranger();
        Reply page = stranger.get("/");
        Matcher app = APP.matcher(page.text());
        assertThat(app.find()).isTrue();
        Reply module = stranger.get(app.group(1));

        assertThat(module.status()).isEqualTo(200);
        assertThat(module.header("Cache-Control").orElseThrow()).contains("immutable");
        assertThat(module.header("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(stranger.get("/", "If-None-Match", page.header("ETag").orElseThrow())
                        .status())
                .isEqualTo(304);
        // A page opened before an update asks for what it has not loaded yet under its old address.
        Reply older = stranger.get("/web/0123456789ab/app.js");
        assertThat(older.status()).isEqualTo(200);
        assertThat(older.header("Cache-Control")).contains("no-cache");
    }

    @Test
    void the_same_bytes_come_packed_and_plain(TestHub hub) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.url() + "/"))
                .header("Accept-Encoding", "gzip")
                .build();
        var packed = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofByteArray());

        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(unpack(packed.body())).isEqualTo(hub.stranger().get("/").text());
    }

    private static String unpack(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web/x/index.html",
                "/web/x/../application.properties",
                "/web/x/%2e%2e/application.properties",
                "/web/x/",
                "/web/",
                "/webjars/lit-html/3.3.2/package.json",
                "/webjars/../application.properties",
                "/webjars/lit-html/3.3.2/../../../../../application.properties",
                "/webjars/nothing/1/index.js"
            })
    void nothing_else_of_the_class_path_is_sent(String path, TestHub hub) {
        assertThat(hub.stranger().get(path).status()).isIn(401, 404);
    }
}
