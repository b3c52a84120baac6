package io.tributary.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.tenant.Caller;
import io.tributary.tenant.FormRules;
import io.tributary.tenant.Scope;
import io.tributary.tenant.WorkspaceId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {
    private static final String HUB = "hub.acme.example:8443";

    @ParameterizedTest
    @CsvSource({
        "https://www.acme.example, true",
        "https://www.acme.example:8443, false",
        "http://www.acme.example, false",
        "https://acme.example, false",
        "https://WWW.acme.example, false",
        "https://www.acme.example/, false",
        "https://www.acme.example.evil.example, false",
        "https://evil.example, false",
        "null, false",
        "'', false",
        "*, false",
    })
    void a_page_is_let_in_when_its_origin_is_named_letter_by_letter(String origin, boolean allowed) {
        assertThat(CrossOrigin.mayGoOn(origin, HUB, form("https://www.acme.example")))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hub.acme.example:8443", "http://hub.acme.example:8443"})
    void a_page_of_the_hub_itself_is_let_in(String origin) {
        assertThat(CrossOrigin.mayGoOn(origin, HUB, form())).isTrue();
        assertThat(CrossOrigin.mayGoOn(origin, "other.example", form())).isFalse();
        assertThat(CrossOrigin.mayGoOn(origin, null, form())).isFalse();
    }

    @Test
    void who_sends_no_origin_is_no_page() {
        assertThat(CrossOrigin.mayGoOn(null, HUB, form())).isTrue();
    }

    @Test
    void a_server_may_pass_on_what_its_visitors_browser_sent() {
        Caller server = caller(Set.of(Scope.INGEST), List.of());
        assertThat(CrossOrigin.mayGoOn("https://evil.example", HUB, server)).isTrue();
    }

    private static Caller form(String... origins) {
        return caller(Set.of(Scope.FORM), List.of(origins));
    }

    private static Caller caller(Set<Scope> scopes, List<String> origins) {
        FormRules rules = new FormRules(origins, List.of(), 30);
        return new Caller(new WorkspaceId("acme", "main"), new UUID(0, 1), "page", scopes, rules);
    }
}
