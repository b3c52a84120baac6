package io.tributary.start;

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
import org.jspecify.annotations.Nullable;

/** What, besides the database, the hub needs to take deals. */
final class Probes {
    /** With less, neither the embedded database nor a spooled file can be written. */
    private static final long LEAST_FREE = 64L * 1024 * 1024;

    private Probes() {}

    static List<HealthProbe> of(Supplier<@Nullable GroupCommit> funnel, Path data, RouteFiles files) {
        return List.of(new FunnelProbe(funnel), new DiskProbe(data), new FilesProbe(files));
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
}
