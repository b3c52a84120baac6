package io.tributary.start;

import io.tributary.event.EventLogConsumer;
import io.tributary.http.HealthProbe;
import io.tributary.ingest.GroupCommit;
import io.tributary.routefile.FileState;
import io.tributary.routefile.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** What, besides the database, the hub needs to take deals. */
final class Probes {
    /** With less, neither the embedded database nor a spooled file can be written. */
    private static final long LEAST_FREE = 64L * 1024 * 1024;

    private Probes() {}

    static List<HealthProbe> of(
            Supplier<@Nullable GroupCommit> funnel,
            Path data,
            RouteFiles files,
            Supplier<@Nullable CamelContext> context) {
        return List.of(new FunnelProbe(funnel), new DiskProbe(data), new FilesProbe(files), new ReadersProbe(context));
    }

    private record FunnelProbe(Supplier<@Nullable GroupCommit> funnel) implements HealthProbe {
        @Override
        public String name() {
            return "funnel";
        }

        @Override
        public Optional<String> trouble() {
            GroupCommit writers = funnel.get();
            return writers != null && writers.isFull()
                    ? Optional.of("Too many records wait to be written.")
                    : Optional.empty();
        }

        @Override
        public Map<String, @Nullable Object> details() {
            GroupCommit writers = funnel.get();
            return Map.of("waiting", writers == null ? 0 : writers.waiting());
        }
    }

    private record DiskProbe(Path data) implements HealthProbe {
        @Override
        public String name() {
            return "disk";
        }

        @Override
        public Optional<String> trouble() {
            return free() < LEAST_FREE ? Optional.of("There is hardly any disk space left.") : Optional.empty();
        }

        @Override
        public Map<String, @Nullable Object> details() {
            return Map.of("free_bytes", free());
        }

        private long free() {
            try {
                return Files.getFileStore(data).getUsableSpace();
            } catch (IOException e) {
                return 0;
            }
        }
    }

    /** A faulty file is told of and stops nothing. */
    private record FilesProbe(RouteFiles files) implements HealthProbe {
        @Override
        public String name() {
            return "route_files";
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public Map<String, @Nullable Object> details() {
            return Map.of(
                    "broken",
                    files.states().stream()
                            .filter(file -> !file.isLoaded())
                            .map(FileState::file)
                            .toList());
        }
    }

    /** What follows a commit stands still in a workspace; taking deals does not. */
    private record ReadersProbe(Supplier<@Nullable CamelContext> context) implements HealthProbe {
        @Override
        public String name() {
            return "event_readers";
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }

        @Override
        public Map<String, @Nullable Object> details() {
            CamelContext running = context.get();
            return Map.of(
                    "stuck",
                    running == null
                            ? List.of()
                            : EventLogConsumer.in(running)
                                    .flatMap(reader -> reader.stuck().stream())
                                    .limit(100)
                                    .toList());
        }
    }
}
