package io.tributary.undo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Eventually;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.WithHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Deals of files and bulk calls are compared after the commit. */
@WithHub
class BulkComparisonTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void deals_of_one_file_are_compared_with_each_other_and_with_those_before(Tenant tenant) {
        tenant.post("/api", Map.of("name", "Plant upgrade", "company", "Westerfield Hydraulics"));

        Uploads.upload(tenant, """
                name,company
                Plant upgrade,Westerfeild Hydraulics
                Fleet renewal,Nordwind Reederei
                Fleet renewal,Nordwint Reederei
                Office move,Globex
                """);

        Eventually.within(
                PATIENCE,
                () -> assertThat(tenant.get("/duplicates").at("/items")).hasSize(2));
    }

    @Test
    void what_comes_alone_later_finds_them(Tenant tenant) {
        tenant.post("/bulk", List.of(Map.of("name", "Plant upgrade", "company", "Westerfield Hydraulics")));

        Eventually.within(PATIENCE, () -> {
            Reply probe = tenant.post("/api", Map.of("name", "Plant upgrade", "company", "Westerfeild Hydraulics"));
            assertThat(probe.at("/possible_duplicates")).hasSize(1);
        });
    }
}
