package io.tributary.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.start.Database;
import io.tributary.tenant.WorkspaceId;
import io.tributary.testing.Books;
import io.tributary.testing.Eventually;
import io.tributary.testing.Tenant;
import io.tributary.testing.TestHub;
import io.tributary.testing.WithHub;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.InflightRepository;
import org.junit.jupiter.api.Test;

/** Routes that read the event log after the commit. */
@WithHub
class EventReadersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void a_reader_is_given_every_event_once_and_in_order(TestHub hub, Tenant tenant) throws Exception {
        List<Event> read = Collections.synchronizedList(new ArrayList<>());
        tenant.post("/api", Map.of("name", "Before"));
        try (Reading reading = Reading.start(hub, options(tenant, ""), exchange(read))) {
            for (int i = 0; i < 30; i++) {
                tenant.post("/api", Map.of("name", "Deal " + i));
            }

            // Two of the funnel's for each deal, and the insights on it a little later.
            Eventually.becomesTrue(PATIENCE, () -> read.size() >= 93);
            assertThat(read).extracting(Event::sequence).isEqualTo(numbersTo(93));
            assertThat(read).extracting(Event::workspace).containsOnly(tenant.workspace());
            Eventually.becomesTrue(PATIENCE, () -> position(hub, tenant, reading.reader) == 93);
        }
    }

    @Test
    void what_comes_while_a_reader_rests_is_read_together(TestHub hub, Tenant tenant) throws Exception {
        List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        String options = options(tenant, "&types=deal.created&pauseMillis=4000");
        try (Reading reading = Reading.start(hub, options, events -> batches.add(events.size()))) {
            tenant.post("/api", Map.of("name", "First"));
            Eventually.becomesTrue(PATIENCE, () -> position(hub, tenant, reading.reader) > 0);
            for (int i = 0; i < 3; i++) {
                tenant.post("/api", Map.of("name", "Deal " + i));
            }

            Eventually.becomesTrue(
                    PATIENCE, () -> batches.stream().mapToInt(Integer::intValue).sum() == 4);
            assertThat(batches).containsExactly(1, 3);
        }
    }

    @Test
    void a_batch_that_fails_comes_again_until_it_does_not(TestHub hub, Tenant tenant) throws Exception {
        List<Event> read = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger tries = new AtomicInteger();
        try (Reading reading = Reading.start(hub, options(tenant, ""), events -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
            }
            read.addAll(events);
        })) {
            tenant.post("/api", Map.of("name", "Deal"));

            Eventually.becomesTrue(PATIENCE, () -> tries.get() == 1);
            assertThat(position(hub, tenant, reading.reader)).isZero();
            Eventually.becomesTrue(PATIENCE, () -> read.size() == 3);
            assertThat(read).extracting(Event::sequence).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void a_batch_that_fails_again_and_again_is_told_to_the_operator_until_it_is_through(TestHub hub, Tenant tenant)
            throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        tenant.post("/api", Map.of("name", "Deal"));
        try (Reading reading = Reading.start(hub, options(tenant, ""), events -> {
            if (!mended.get()) {
                throw new IllegalStateException("cannot");
            }
        })) {
            String stuck = reading.reader + " of " + tenant.id() + "/main";
            Eventually.within(
                    Duration.ofSeconds(40),
                    () -> assertThat(hub.admin()
                                    .get("/health")
                                    .at("/checks/event_readers/stuck")
                                    .toString())
                            .contains(stuck));
            assertThat(hub.admin().get("/health").textAt("/status")).isEqualTo("UP");
            mended.set(true);

            Eventually.within(
                    Duration.ofSeconds(40),
                    () -> assertThat(hub.admin()
                                    .get("/health")
                                    .at("/checks/event_readers/stuck")
                                    .toString())
                            .doesNotContain(stuck));
        }
    }

    @Test
    void an_event_that_nobody_can_deal_with_is_set_aside_alone_and_dealt_with_once_the_route_is_mended(
            TestHub hub, Tenant tenant) throws Exception {
        List<Event> read = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean mended = new AtomicBoolean();
        tenant.post("/bulk", deals(5));
        String options = options(tenant, "&types=deal.created");
        try (Reading reading = Reading.start(hub, options, events -> {
            for (Event event : events) {
                if (!mended.get() && "Deal 2".equals(event.dataObject().get("name"))) {
                    throw new IllegalStateException("cannot read this");
                }
            }
            read.addAll(events);
        })) {
            String letters = "/event-readers/" + reading.reader + "/dead-letters";
            Eventually.becomesTrue(PATIENCE, () -> failures(hub, reading) == 1);
            assertThat(read).isEmpty();
            age(hub, reading, 3);
            // One by one: those before the culprit are through.
            Eventually.becomesTrue(PATIENCE, () -> read.size() == 2 && failures(hub, reading) > 0);
            assertThat(tenant.get(letters).at("/items")).isEmpty();
            age(hub, reading, 11);

            Eventually.becomesTrue(PATIENCE, () -> read.size() == 4);
            assertThat(read).extracting(event -> event.dataObject().get("name")).doesNotContain("Deal 2");
            JsonNode letter = tenant.get(letters).at("/items/0");
            long sequence = letter.at("/sequence").asLong();
            assertThat(letter.at("/failure").asText()).contains("cannot read this");
            assertThat(letter.at("/data/name").asText()).isEqualTo("Deal 2");
            assertThat(hub.tenant().get(letters).at("/items")).isEmpty();
            assertThat(tenant.post(letters + "/" + sequence + "/replay", Map.of())
                            .status())
                    .isEqualTo(409);

            mended.set(true);
            assertThat(tenant.post(letters + "/" + sequence + "/replay", Map.of())
                            .status())
                    .isEqualTo(200);
            assertThat(read.get(4).sequence()).isEqualTo(sequence);
            assertThat(tenant.get(letters).at("/items")).isEmpty();
            assertThat(tenant.post(letters + "/" + sequence + "/replay", Map.of())
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void the_readers_of_a_workspace_and_what_they_are_behind_are_shown(TestHub hub, Tenant tenant) throws Exception {
        tenant.post("/api", Map.of("name", "Deal"));
        try (Reading reading = Reading.start(hub, options(tenant, ""), events -> {
            throw new IllegalStateException("cannot");
        })) {
            Eventually.within(
                    PATIENCE,
                    () -> assertThat(tenant.get("/event-readers").at("/items")).anySatisfy(reader -> {
                        assertThat(reader.at("/reader").asText()).isEqualTo(reading.reader);
                        assertThat(reader.at("/behind").asLong()).isGreaterThanOrEqualTo(2);
                        assertThat(reader.at("/failures").asInt()).isPositive();
                        assertThat(reader.at("/last_failure").asText()).contains("cannot");
                        assertThat(reader.at("/dead_letters").asLong()).isZero();
                    }));
        }
    }

    @Test
    void an_event_is_dealt_with_again_by_its_own_tenants_route_alone(TestHub hub, Tenant tenant, Tenant other)
            throws Exception {
        List<Event> read = Collections.synchronizedList(new ArrayList<>());
        List<Event> readElsewhere = Collections.synchronizedList(new ArrayList<>());
        String reader = "test-" + UUID.randomUUID();
        tenant.post("/api", Map.of("name", "Ours"));
        // Connections of two tenants may have one name, and so their readers.
        try (Reading theirs = Reading.start(hub, reader, options(other, ""), exchange(readElsewhere));
                Reading ours = Reading.start(hub, reader, options(tenant, ""), exchange(read))) {
            Eventually.becomesTrue(PATIENCE, () -> read.size() == 3);
            hub.owner()
                    .sql("""
                    insert into reader_dead_letter (tenant_id, workspace_id, reader, sequence, type, subject, at, data, failure)
                    select tenant_id, workspace_id, :reader, sequence, type, subject, at, data, 'cannot'
                    from event where tenant_id = :tenant and sequence = 1
                    """)
                    .param("reader", reader)
                    .param("tenant", tenant.id())
                    .update();
            String replay = "/event-readers/" + reader + "/dead-letters/1/replay";

            assertThat(other.post(replay, Map.of()).status()).isEqualTo(404);
            assertThat(tenant.post(replay, Map.of()).status()).isEqualTo(200);

            assertThat(read).hasSize(4);
            assertThat(readElsewhere).isEmpty();
            assertThat(theirs.reader).isEqualTo(ours.reader);
        }
    }

    private static int failures(TestHub hub, Reading reading) {
        return hub.owner()
                .sql("select failures from event_reader where reader = ?")
                .param(reading.reader)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** As if the batch had failed so often already. */
    private static void age(TestHub hub, Reading reading, int failures) {
        hub.owner()
                .sql("update event_reader set failures = ? where reader = ?")
                .param(failures)
                .param(reading.reader)
                .update();
    }

    @Test
    void a_reader_goes_on_where_it_stopped(TestHub hub, Tenant tenant) throws Exception {
        List<Event> read = Collections.synchronizedList(new ArrayList<>());
        String reader = "test-" + UUID.randomUUID();
        try (Reading first = Reading.start(hub, reader, options(tenant, ""), exchange(read))) {
            tenant.post("/api", Map.of("name", "While it runs"));
            Eventually.becomesTrue(PATIENCE, () -> position(hub, tenant, first.reader) == 3);
        }
        tenant.post("/api", Map.of("name", "While it does not"));
        try (Reading second = Reading.start(hub, reader, options(tenant, ""), exchange(read))) {
            Eventually.becomesTrue(PATIENCE, () -> position(hub, tenant, second.reader) == 6);
        }
        assertThat(read).extracting(Event::sequence).isEqualTo(numbersTo(6));
    }

    @Test
    void a_reader_is_given_the_types_it_asks_for_and_may_begin_at_the_end(TestHub hub, Tenant tenant) throws Exception {
        List<Event> read = Collections.synchronizedList(new ArrayList<>());
        tenant.post("/api", Map.of("name", "Before"));
        String options = options(tenant, "&beginAtEnd=true&types=deal.created,deal.merged");
        try (Reading reading = Reading.start(hub, options, exchange(read))) {
            Eventually.becomesTrue(PATIENCE, () -> position(hub, tenant, reading.reader) == 3);
            tenant.post("/api", Map.of("name", "After"));

            Eventually.becomesTrue(PATIENCE, () -> position(hub, tenant, reading.reader) == 6);
            assertThat(read).hasSize(1);
            assertThat(read.get(0).dataObject()).containsEntry("name", "After");
        }
    }

    @Test
    void a_reader_rests_between_batches_while_the_route_it_yields_to_has_work(TestHub hub, Tenant tenant)
            throws Exception {
        List<Event> read = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch worked = new CountDownLatch(1);
        tenant.post("/bulk", deals(40));
        String busy = "busy-" + UUID.randomUUID();
        hub.camelContext().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:" + busy).routeId(busy).process(exchange -> worked.await(20, TimeUnit.SECONDS));
            }
        });
        try (ProducerTemplate producer = hub.camelContext().createProducerTemplate()) {
            producer.sendBody("seda:" + busy, "work");
            InflightRepository inflight = hub.camelContext().getInflightRepository();
            Eventually.becomesTrue(PATIENCE, () -> inflight.size(busy) == 1);
            // The rest is long, so that another batch while there is work would be one too many.
            String options = options(tenant, "&pauseMillis=5000&yieldsTo=" + busy);
            try (Reading reading = Reading.start(hub, options, exchange(read))) {
                Eventually.becomesTrue(PATIENCE, () -> position(hub, tenant, reading.reader) == 7);
                Instant rests = Instant.now();
                worked.countDown();

                Eventually.becomesTrue(PATIENCE, () -> read.size() >= 40);
                assertThat(Duration.between(rests, Instant.now())).isGreaterThan(Duration.ofSeconds(4));
                assertThat(read).extracting(Event::sequence).startsWith(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
            }
        } finally {
            worked.countDown();
            hub.camelContext().getRouteController().stopRoute(busy);
            hub.camelContext().removeRoute(busy);
        }
    }

    private static List<Map<String, Object>> deals(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of("name", "Deal " + i))
                .toList();
    }

    @Test
    void one_hub_at_a_time_works_for_a_reader_in_a_workspace(TestHub hub, Tenant tenant, Tenant other)
            throws Exception {
        try (ReaderLocks here = new ReaderLocks(() -> connect(hub))) {
            try (ReaderLocks there = new ReaderLocks(() -> connect(hub))) {
                assertThat(here.take(tenant.workspace(), "webhooks")).isTrue();
                assertThat(here.take(tenant.workspace(), "webhooks")).isFalse();
                assertThat(there.take(tenant.workspace(), "webhooks")).isFalse();
                assertThat(there.take(tenant.workspace(), "insights")).isTrue();
                assertThat(there.take(other.workspace(), "webhooks")).isTrue();

                here.release(tenant.workspace(), "webhooks");
                assertThat(there.take(tenant.workspace(), "webhooks")).isTrue();
            }
            // A hub that dies takes its connection, and the locks, with it.
            Eventually.becomesTrue(PATIENCE, () -> here.take(tenant.workspace(), "webhooks"));
        }
    }

    @Test
    void an_event_written_outside_the_funnel_takes_the_next_number(TestHub hub, Tenant tenant) {
        EventLog log = hub.camelContext().getRegistry().findSingleByType(EventLog.class);
        tenant.post("/api", Map.of("name", "Deal"));
        Eventually.becomesTrue(PATIENCE, () -> log.end(tenant.workspace(), 0).last() == 3);

        long last = log.append(
                tenant.workspace(),
                new NewEvent("insights.ready", UUID.randomUUID(), Map.of("items", 2)),
                new NewEvent("automation.fired", null, Map.of()));

        assertThat(last).isEqualTo(5);
        assertThat(log.after(tenant.workspace(), 3, java.util.Set.of(), 10))
                .extracting(Event::type)
                .containsExactly("insights.ready", "automation.fired");
        Books.of(hub, tenant).areBalanced();
    }

    @Test
    void events_older_than_seven_days_are_cleared_away_and_no_others(TestHub hub, Tenant tenant) {
        for (int i = 0; i < 3; i++) {
            tenant.post("/api", Map.of("name", "Deal " + i));
        }
        EventLog log = hub.camelContext().getRegistry().findSingleByType(EventLog.class);
        Eventually.becomesTrue(PATIENCE, () -> log.end(tenant.workspace(), 0).last() == 9);
        hub.owner()
                .sql("update event set at = at - interval '8 days' where tenant_id = ? and sequence <= 7")
                .param(tenant.id())
                .update();

        hub.camelContext().getRegistry().findSingleByType(EventPurge.class).purge();

        assertThat(hub.owner()
                        .sql("select sequence from event where tenant_id = ? order by sequence")
                        .param(tenant.id())
                        .query(Long.class)
                        .list())
                .containsExactly(8L, 9L);
    }

    private interface Work {
        void on(List<Event> events);
    }

    /** A route of a reader of its own; closing it ends the route. */
    private static final class Reading implements AutoCloseable {
        private final CamelContext context;
        private final String reader;
        private final String route;

        private Reading(CamelContext context, String reader, String route) {
            this.context = context;
            this.reader = reader;
            this.route = route;
        }

        static Reading start(TestHub hub, String options, Work work) throws Exception {
            return start(hub, "test-" + UUID.randomUUID(), options, work);
        }

        static Reading start(TestHub hub, String reader, String options, Work work) throws Exception {
            String route = "route-" + UUID.randomUUID();
            hub.camelContext().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("event-log:" + reader + "?" + options).routeId(route).process(exchange -> {
                        List<Event> events = new ArrayList<>();
                        for (Object event : (List<?>) exchange.getMessage().getBody()) {
                            events.add((Event) event);
                        }
                        assertThat(exchange.getProperty("workspaceId")).isInstanceOf(WorkspaceId.class);
                        work.on(events);
                    });
                }
            });
            return new Reading(hub.camelContext(), reader, route);
        }

        @Override
        public void close() {
            try {
                context.getRouteController().stopRoute(route);
                context.removeRoute(route);
            } catch (Exception e) {
                throw new IllegalStateException("ending the reader's route", e);
            }
        }
    }

    private static Work exchange(List<Event> read) {
        return read::addAll;
    }

    private static String options(Tenant tenant, String more) {
        return "tenant=" + tenant.id() + "&workspace=main&batchSize=7" + more;
    }

    private static long position(TestHub hub, Tenant tenant, String reader) {
        return hub.owner()
                .sql("select position from event_reader where tenant_id = ? and reader = ?")
                .param(tenant.id())
                .param(reader)
                .query(Long.class)
                .optional()
                .orElse(-1L);
    }

    private static List<Long> numbersTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static Connection connect(TestHub hub) throws SQLException {
        Connection connection = hub.database().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role " + Database.APPLICATION_ROLE);
        }
        return connection;
    }
}
