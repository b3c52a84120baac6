package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.testing.Books;
import io.tributary.testing.Crowd;
import io.tributary.testing.Reply;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A workspace's events are numbered from 1 on by one, whatever else a transaction writes beside them. */
@WithHub
class LedgerTest {

    @Test
    void spam_is_kept_without_an_event_and_leaves_no_gap(TestHub hub, Tenant tenant) {
        tenant.post("/api", Map.of("name", "Before"));
        Reply spam = tenant.post("/web-form", Map.of("email", "ann@orchard.example", "_gotcha", "filled"));
        tenant.post("/api", Map.of("name", "After"));

        assertThat(spam.status()).as(spam.toString()).isEqualTo(201);
        assertThat(Books.of(hub, tenant).deals()).isEqualTo(3);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_lead_that_changes_by_itself_leaves_no_gap(TestHub hub, Tenant tenant) {
        Reply deal = tenant.post("/api", Map.of("name", "Renewal", "contact_email", "ann@orchard.example"));
        Reply patched = tenant.patch("/leads/" + deal.textAt("/lead/id"), Map.of("status", "qualified"));
        tenant.post("/api", Map.of("name", "After"));

        assertThat(patched.status()).as(patched.toString()).isEqualTo(200);
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void a_reader_that_goes_by_the_numbers_never_passes_over_an_event(TestHub hub, Tenant tenant) {
        int callers = 150;
        AtomicInteger running = new AtomicInteger(callers);
        List<Long> read = new ArrayList<>();

        Crowd.of(callers + 1, i -> {
            if (i < callers) {
                tenant.post("/api", Map.of("name", "Deal " + i));
                return running.decrementAndGet();
            }
            boolean last;
            do {
                last = running.get() == 0;
                read.addAll(eventsAfter(read.isEmpty() ? 0 : read.get(read.size() - 1), hub, tenant));
            } while (!last);
            return 0;
        });

        assertThat(read).hasSizeGreaterThanOrEqualTo(callers);
        assertThat(read).isEqualTo(eventsAfter(0, hub, tenant));
        Books.of(hub, tenant).areBalanced();
    }

    /** Events of the funnel; insights may be added once the reader has gone. */
    private static List<Long> eventsAfter(long position, TestHub hub, Tenant tenant) {
        return hub.owner()
                .sql("select sequence from event where tenant_id = ? and sequence > ? and type <> 'insights.ready'"
                        + " order by sequence")
                .param(tenant.id())
                .param(position)
                .query(Long.class)
                .list();
    }
}
